// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <train/torch_archive.h>

#include <sstream>

namespace equicloud::train {
namespace {

constexpr std::int64_t kColumns = 5;

torch::Tensor to_tensor(const std::vector<CurveRow>& rows) {
  torch::Tensor table =
      torch::empty({static_cast<std::int64_t>(rows.size()), kColumns}, torch::kFloat64);
  auto* out = table.data_ptr<double>();
  for (const CurveRow& r : rows) {
    for (const double v : {r.step, r.seconds, r.loss, r.learning_rate, r.validation}) *out++ = v;
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

void save_archive(const std::string& path, const std::string& identity, std::int64_t step,
                  const std::vector<CurveRow>& curve, const NamedModules& modules,
                  const torch::optim::Optimizer& optimizer) {
  torch::serialize::OutputArchive archive;
  archive.write("identity", c10::IValue(identity));
  archive.write("step", c10::IValue(step));
  archive.write("curve", to_tensor(curve));
  for (const auto& [key, module] : modules) write_part(archive, key, *module);
  write_part(archive, "optimizer", optimizer);
  std::ostringstream bytes;
  archive.save_to(bytes);
  const std::string text = bytes.str();
  AtomicFile file(path);
  file.write(text.data(), text.size());
  file.commit();
}

std::int64_t load_archive(const std::string& path, const std::string& identity,
                          torch::Device device, std::vector<CurveRow>& curve,
                          const NamedModules& modules, torch::optim::Optimizer& optimizer) {
  const std::vector<unsigned char> bytes = read_whole_file(path);
  c10::IValue was, step;
  torch::Tensor rows;
  try {
    std::istringstream stream(std::string(bytes.begin(), bytes.end()));
    torch::serialize::InputArchive archive;
    archive.load_from(stream, device);
    archive.read("identity", was);
    archive.read("step", step);
    archive.read("curve", rows);
    if (was.toStringRef() == identity) {
      for (const auto& [key, module] : modules) read_part(archive, key, *module);
      read_part(archive, "optimizer", optimizer);
    }
  } catch (const c10::Error& error) {
    throw FormatError(path + ": is not a checkpoint of this program (" +
                      error.what_without_backtrace() + ")");
  }
  if (was.toStringRef() != identity) {
    throw FormatError(path + ": is the checkpoint of another run (" + was.toStringRef() +
                      "); asked for: " + identity);
  }
  curve = to_rows(rows.to(torch::kCPU));
  return step.toInt();
}

}  // namespace equicloud::train
