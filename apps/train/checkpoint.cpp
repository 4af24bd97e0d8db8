// SPDX-License-Identifier: BSD-3-Clause
// A checkpoint: both networks, the optimiser's state, the step and the curve in a torch archive.
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <train/trainer.h>

#include <sstream>

namespace equicloud::train {
namespace {

constexpr std::int64_t kColumns = 5;

torch::Tensor to_tensor(const std::vector<CurveRow>& rows) {
  torch::Tensor table =
      torch::empty({static_cast<std::int64_t>(rows.size()), kColumns}, torch::kFloat64);
  auto* out = table.data_ptr<double>();
  for (const CurveRow& r : rows) {
    for (const double v : {r.step, r.seconds, r.loss, r.learning_rate, r.validation_ap}) *out++ = v;
  }
  return table;
}

std::vector<CurveRow> to_rows(const torch::Tensor& table) {
  std::vector<CurveRow> rows;
  const torch::Tensor plain = table.contiguous();
  const auto* in = plain.data_ptr<double>();
  for (std::int64_t i = 0; i < plain.size(0); ++i, in += kColumns) {
    rows.push_back({in[0], in[1], in[2], in[3], in[4]});
  }
  return rows;
}

/// What must not change between the parts of a run.
std::string identity(const TrainerSettings& s) {
  return "seed " + std::to_string(s.seed) + ", steps " + std::to_string(s.steps) + ", layers " +
         s.layers;
}

template <typename Part>
void write_part(torch::serialize::OutputArchive& archive, const std::string& key,
                const Part& part) {
  torch::serialize::OutputArchive inner;
  part.save(inner);
  archive.write(key, inner);
}

template <typename Part>
void read_part(torch::serialize::InputArchive& archive, const std::string& key, Part& part) {
  torch::serialize::InputArchive inner;
  archive.read(key, inner);
  part.load(inner);
}

}  // namespace

void Trainer::save_checkpoint(const std::string& path, const std::vector<CurveRow>& curve) const {
  torch::serialize::OutputArchive archive;
  archive.write("identity", c10::IValue(identity(settings_)));
  archive.write("step", c10::IValue(step_));
  archive.write("curve", to_tensor(curve));
  write_part(archive, "network", static_cast<const torch::nn::Module&>(*network_));
  write_part(archive, "averaged", static_cast<const torch::nn::Module&>(*averaged_));
  write_part(archive, "optimizer", *optimizer_);
  std::ostringstream bytes;
  archive.save_to(bytes);
  const std::string text = bytes.str();
  AtomicFile file(path);
  file.write(text.data(), text.size());
  file.commit();
}

void Trainer::load_checkpoint(const std::string& path) {
  const std::vector<unsigned char> bytes = read_whole_file(path);
  c10::IValue was, step;
  torch::Tensor curve;
  try {
    std::istringstream stream(std::string(bytes.begin(), bytes.end()));
    torch::serialize::InputArchive archive;
    archive.load_from(stream, settings_.device);
    archive.read("identity", was);
    archive.read("step", step);
    archive.read("curve", curve);
    if (was.toStringRef() == identity(settings_)) {
      read_part(archive, "network", static_cast<torch::nn::Module&>(*network_));
      read_part(archive, "averaged", static_cast<torch::nn::Module&>(*averaged_));
      read_part(archive, "optimizer", *optimizer_);
    }
  } catch (const c10::Error& error) {
    throw FormatError(path + ": is not a checkpoint of this program (" +
                      error.what_without_backtrace() + ")");
  }
  if (was.toStringRef() != identity(settings_)) {
    throw FormatError(path + ": is the checkpoint of another run (" + was.toStringRef() +
                      "); asked for: " + identity(settings_));
  }
  step_ = step.toInt();
  resumed_curve_ = to_rows(curve);
}

}  // namespace equicloud::train
