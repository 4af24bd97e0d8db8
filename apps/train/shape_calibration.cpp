// SPDX-License-Identifier: BSD-3-Clause
#include <train/shape_calibration.h>
#include <train/shape_export.h>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace equicloud::train {
namespace {

using torch::Tensor;

constexpr double kGolden = 0.6180339887498949;

double likelihood_loss(const Tensor& logits, const Tensor& label, double temperature) {
  const Tensor log_p = torch::log_softmax(logits.to(torch::kFloat64) / temperature, 1);
  return -log_p.gather(1, label.unsqueeze(1)).mean().item<double>();
}

Tensor unit(const Tensor& x) { return x / x.square().sum(1, true).sqrt().clamp_min(1e-12); }

Tensor right(const Tensor& logits, const Tensor& label) {
  const Tensor known = logits.slice(1, 0, logits.size(1) - 1);
  return known.argmax(1).eq(label).to(torch::kFloat64);
}

std::string in_words(double value) {
  std::ostringstream text;
  text.precision(6);
  text << value;
  return text.str();
}

/// Divides what a dense layer gives.
void divide(nn::WeightsFile& file, const std::string& layer, double by) {
  for (const char* part : {".weight", ".bias"}) {
    for (float& value : file.tensors.at(layer + part).values) {
      value = static_cast<float>(value / by);
    }
  }
}

}  // namespace

double temperature_of(const Tensor& logits, const Tensor& label) {
  double low = std::log(0.1), high = std::log(10.0);
  const auto loss = [&](double t) { return likelihood_loss(logits, label, std::exp(t)); };
  double a = high - kGolden * (high - low), b = low + kGolden * (high - low);
  double at_a = loss(a), at_b = loss(b);
  while (high - low > 1e-4) {
    if (at_a < at_b) {
      high = b;
      b = a;
      at_b = at_a;
      at_a = loss(a = high - kGolden * (high - low));
    } else {
      low = a;
      a = b;
      at_a = at_b;
      at_b = loss(b = low + kGolden * (high - low));
    }
  }
  return std::exp(0.5 * (low + high));
}

Tensor known_scores(const Tensor& logits, double temperature) {
  return 1.0 - torch::softmax(logits / temperature, 1).select(1, logits.size(1) - 1);
}

double threshold_keeping(const Tensor& scores, double kept) {
  const Tensor sorted = std::get<0>(scores.to(torch::kFloat64).contiguous().sort());
  const auto rank = static_cast<std::int64_t>((1.0 - kept) * static_cast<double>(sorted.size(0)));
  return sorted[rank].item<double>();
}

Tensor unit_embeddings(const Tensor& embedding) {
  const std::int64_t half = embedding.size(1) / 2;
  return torch::cat({unit(embedding.slice(1, 0, half)), unit(embedding.slice(1, half))}, 1) /
         std::sqrt(2.0);
}

void calibrate(nn::WeightsFile& file, const ShapeOutputs& validation, const Tensor& label,
               const ShapeOutputs& training, const Tensor& training_label) {
  const double set = temperature_of(validation.set, label);
  const double spherical = temperature_of(validation.spherical, label);
  divide(file, "set.head.2", set);
  divide(file, "spherical.head.1", spherical);
  const Tensor fused = validation.set / set + validation.spherical / spherical;
  const double temperature = temperature_of(fused, label);
  file.metadata["temperature_set"] = file.metadata["temperature_spherical"] = "1";
  file.metadata["temperature_fused"] = in_words(temperature);
  file.metadata["unknown_rule"] = "probability";
  file.metadata["unknown_threshold"] =
      in_words(threshold_keeping(known_scores(fused, temperature)));

  const Tensor embeddings = unit_embeddings(training.embedding);
  std::vector<Tensor> means;
  for (std::int64_t c = 0; c + 1 < fused.size(1); ++c) {
    const Tensor rows = training_label.eq(c).nonzero().squeeze(1);
    const Tensor mean = rows.size(0) > 0 ? embeddings.index_select(0, rows).mean(0, true)
                                         : torch::zeros({1, embeddings.size(1)});
    means.push_back(unit(mean));
  }
  add_tensor(file, "class_means", torch::cat(means, 0));
}

double accuracy(const Tensor& logits, const Tensor& label) {
  return right(logits, label).mean().item<double>();
}

double mean_class_accuracy(const Tensor& logits, const Tensor& label) {
  const Tensor hits = right(logits, label);
  double sum = 0.0;
  int classes = 0;
  for (std::int64_t c = 0; c + 1 < logits.size(1); ++c) {
    const Tensor rows = label.eq(c).nonzero().squeeze(1);
    if (rows.size(0) == 0) continue;
    sum += hits.index_select(0, rows).mean().item<double>();
    ++classes;
  }
  return classes > 0 ? sum / classes : 0.0;
}

}  // namespace equicloud::train
