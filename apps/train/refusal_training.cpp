// SPDX-License-Identifier: BSD-3-Clause
#include <train/refusal_training.h>
#include <train/shape_calibration.h>
#include <train/shape_export.h>
#include <train/shape_recipe.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

namespace equicloud::train {
namespace {

using torch::Tensor;

constexpr std::size_t kSpan = 16;             // clouds made in one go
constexpr std::uint64_t kValidationSeed = 7;  // of the rotations

std::shared_ptr<const classify::Model> with_probability_rule(nn::WeightsFile file) {
  file.metadata["unknown_rule"] = "probability";
  return classify::Model::from(file, "the model");
}

classify::ShapeClassifier unfiltered(const nn::WeightsFile& file) {
  classify::ClassifierOptions options;
  options.filter = false;  // the damages filter where they add stray points
  return classify::ShapeClassifier(with_probability_rule(file), options);
}

/// One example: an object or junk, damaged; its embedding into `to`. Tries until the networks can
/// be asked.
std::int64_t make_example(const classify::ShapeClassifier& classifier, const ShapeSet& shapes,
                          const std::vector<std::size_t>& rows, Random& random, StrayFilter& filter,
                          classify::Workspace& workspace, float* to) {
  for (;;) {
    const bool object = random.uniform() < 0.5;
    const auto kind = static_cast<std::int64_t>(random.below(kJunkKinds));
    const Cloud clean = object ? shapes.clouds[rows[random.below(rows.size())]]
                               : training_junk(static_cast<Junk>(kind), shapes, rows, random);
    const Cloud cloud = damaged(clean, random_recipe(random), random, filter);
    const classify::Classification it =
        classifier.classify(PointsView(cloud), serial_executor(), workspace);
    if (it.embedding.empty()) continue;
    std::copy(it.embedding.begin(), it.embedding.end(), to);
    return object ? RefusalExamples::kObject : kind;
  }
}

std::int64_t width_of(const classify::ShapeClassifier& classifier) {
  return static_cast<std::int64_t>(classifier.model().class_means().size() /
                                   (classifier.model().info().classes.size() - 1));
}

/// Embeddings of the rows, turned and nothing else.
Tensor clean_embeddings(const classify::ShapeClassifier& classifier, const ShapeSet& shapes,
                        const std::vector<std::size_t>& rows, const Executor& executor) {
  const std::int64_t width = width_of(classifier);
  Tensor all = torch::zeros({static_cast<std::int64_t>(rows.size()), width});
  float* values = all.data_ptr<float>();
  for_spans(executor, rows.size(), kSpan, [&](std::size_t begin, std::size_t end, std::size_t) {
    classify::Workspace workspace;
    for (std::size_t i = begin; i < end; ++i) {
      Random random = Random(kValidationSeed).fork(rows[i]);
      const Cloud cloud = turned(shapes.clouds[rows[i]], random);
      const classify::Classification it =
          classifier.classify(PointsView(cloud), serial_executor(), workspace);
      std::copy(it.embedding.begin(), it.embedding.end(),
                values + static_cast<std::int64_t>(i) * width);
    }
  });
  return all;
}

Tensor rows_where(const Tensor& mask) { return mask.nonzero().squeeze(1); }

RefusalExamples without(const RefusalExamples& examples, std::int64_t kind) {
  const Tensor rows = rows_where(examples.kind.ne(kind));
  return {examples.embedding.index_select(0, rows), examples.kind.index_select(0, rows)};
}

Tensor drawn_from(const Tensor& rows, std::int64_t count, const at::Generator& generator) {
  return rows.index_select(0, torch::randint(rows.size(0), {count}, generator));
}

void print_left_out(const std::array<double, kJunkKinds>& accepted) {
  std::printf("Left out of training, the share of each kind of junk that passes:\n");
  for (std::size_t k = 0; k < kJunkKinds; ++k)
    std::printf("  %-9s %5.1f %%\n", name_of(static_cast<Junk>(k)), 100.0 * accepted[k]);
}

}  // namespace

RefusalExamples refusal_examples(const classify::ShapeClassifier& classifier,
                                 const ShapeSet& shapes, const std::vector<std::size_t>& rows,
                                 const RefusalSettings& settings, const Executor& executor) {
  const std::int64_t width = width_of(classifier);
  const auto count = static_cast<std::int64_t>(settings.examples);
  RefusalExamples made = {torch::zeros({count, width}), torch::zeros({count}, torch::kInt64)};
  float* embedding = made.embedding.data_ptr<float>();
  auto* kind = made.kind.data_ptr<std::int64_t>();
  const Random parent(settings.seed);
  const StrayFilter shared;
  for_spans(executor, settings.examples, kSpan,
            [&](std::size_t begin, std::size_t end, std::size_t) {
              StrayFilter filter(shared);
              classify::Workspace workspace;
              for (std::size_t i = begin; i < end; ++i) {
                Random random = parent.fork(i);
                kind[i] = make_example(classifier, shapes, rows, random, filter, workspace,
                                       embedding + static_cast<std::int64_t>(i) * width);
              }
            });
  return made;
}

Tensor RefusalNetwork::forward(const Tensor& embedding) const {
  return torch::addmm(b_bias, torch::relu(torch::addmm(a_bias, embedding, a_weight.t())),
                      b_weight.t())
      .squeeze(1);
}

RefusalNetwork trained_refusal(const RefusalExamples& examples, const RefusalSettings& settings) {
  auto generator = at::detail::createCPUGenerator(settings.seed);
  const std::int64_t width = examples.embedding.size(1);
  const auto normal = [&](std::int64_t out, std::int64_t in) {
    return torch::randn({out, in}, generator) * std::sqrt(2.0 / static_cast<double>(in));
  };
  // An embedding has length 1: its coordinates are brought to the order of 1 by the first weights.
  RefusalNetwork network = {normal(settings.hidden, width) * std::sqrt(static_cast<double>(width)),
                            torch::zeros({settings.hidden}), normal(1, settings.hidden),
                            torch::zeros({1})};
  std::vector<Tensor> parameters = {network.a_weight, network.a_bias, network.b_weight,
                                    network.b_bias};
  for (Tensor& p : parameters) p.set_requires_grad(true);
  torch::optim::AdamW optimizer(
      parameters, torch::optim::AdamWOptions(settings.learning_rate).weight_decay(settings.decay));
  const Tensor objects = rows_where(examples.kind.eq(RefusalExamples::kObject));
  const Tensor junk = rows_where(examples.kind.ne(RefusalExamples::kObject));
  const std::int64_t half = settings.batch / 2;
  const Tensor truth = torch::cat({torch::ones({half}), torch::zeros({half})});
  for (std::int64_t step = 0; step < settings.steps; ++step) {
    const double phase = M_PI * static_cast<double>(step) / static_cast<double>(settings.steps);
    static_cast<torch::optim::AdamWOptions&>(optimizer.param_groups()[0].options())
        .lr(settings.learning_rate * 0.5 * (1.0 + std::cos(phase)));
    const Tensor rows =
        torch::cat({drawn_from(objects, half, generator), drawn_from(junk, half, generator)});
    const Tensor logits = network.forward(examples.embedding.index_select(0, rows));
    optimizer.zero_grad();
    torch::binary_cross_entropy_with_logits(logits, truth).backward();
    optimizer.step();
  }
  for (Tensor& p : parameters) p.set_requires_grad(false);
  return network;
}

double refusal_threshold(const RefusalNetwork& network, const Tensor& validation) {
  return threshold_keeping(torch::sigmoid(network.forward(validation)));
}

std::array<double, kJunkKinds> accepted_when_left_out(const RefusalExamples& examples,
                                                      const Tensor& validation,
                                                      const RefusalSettings& settings) {
  std::array<double, kJunkKinds> accepted{};
  for (std::size_t k = 0; k < kJunkKinds; ++k) {
    const auto kind = static_cast<std::int64_t>(k);
    const RefusalNetwork network = trained_refusal(without(examples, kind), settings);
    const Tensor left_out = examples.embedding.index_select(0, rows_where(examples.kind.eq(kind)));
    const Tensor scores = torch::sigmoid(network.forward(left_out));
    accepted[k] =
        scores.ge(refusal_threshold(network, validation)).to(torch::kFloat64).mean().item<double>();
  }
  return accepted;
}

void add_refusal(nn::WeightsFile& file, const RefusalNetwork& network, double threshold,
                 const RefusalSettings& settings) {
  add_tensor(file, "refusal.0.weight", network.a_weight);
  add_tensor(file, "refusal.0.bias", network.a_bias);
  add_tensor(file, "refusal.1.weight", network.b_weight);
  add_tensor(file, "refusal.1.bias", network.b_bias);
  file.metadata["unknown_rule"] = "refusal";
  file.metadata["unknown_threshold"] = std::to_string(threshold);
  file.metadata["refusal_command"] =
      "equicloud_train refusal --examples " + std::to_string(settings.examples) + " --steps " +
      std::to_string(settings.steps) + " --hidden " + std::to_string(settings.hidden) + " --seed " +
      std::to_string(settings.seed);
}

void learn_refusal(nn::WeightsFile& file, const RefusalRun& run, const Executor& executor) {
  const classify::ShapeClassifier classifier = unfiltered(file);
  const RefusalExamples examples =
      refusal_examples(classifier, run.shapes, run.split.train, run.settings, executor);
  const Tensor validation =
      clean_embeddings(classifier, run.shapes, run.split.validation, executor);
  const RefusalNetwork network = trained_refusal(examples, run.settings);
  const double threshold = refusal_threshold(network, validation);
  add_refusal(file, network, threshold, run.settings);
  std::fprintf(stderr,
               "refusal learned from %zu clouds; 95 %% of the validation shapes reach %.3f\n",
               run.settings.examples, threshold);
  if (run.leave_one_out) print_left_out(accepted_when_left_out(examples, validation, run.settings));
}

}  // namespace equicloud::train
