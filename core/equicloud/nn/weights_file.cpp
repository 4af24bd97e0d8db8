// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <equicloud/nn/weights_file.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

namespace equicloud::nn {
namespace {

using nlohmann::json;

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kLargestHeader = 100'000'000;  // the format's own limit

float from_half(std::uint16_t bits) {
  const float sign = (bits & 0x8000U) ? -1.0F : 1.0F;
  const int exponent = (bits >> 10) & 0x1f;
  const auto fraction = static_cast<float>(bits & 0x3ffU);
  if (exponent == 0) return sign * std::ldexp(fraction, -24);
  if (exponent == 31)
    return fraction == 0.0F ? sign * std::numeric_limits<float>::infinity()
                            : std::numeric_limits<float>::quiet_NaN();
  return sign * std::ldexp(fraction + 1024.0F, exponent - 25);
}

float from_bfloat(std::uint16_t bits) {
  const std::uint32_t wide = static_cast<std::uint32_t>(bits) << 16;
  float value = 0.0F;
  std::memcpy(&value, &wide, sizeof value);
  return value;
}

template <typename T>
T read_as(const unsigned char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

// The stored types that are read: bytes a value, and how one becomes a float.
struct StoredType {
  const char* name;
  std::size_t bytes;
  float (*read)(const unsigned char*);
};

constexpr StoredType kStoredTypes[] = {
    {"F32", 4, [](const unsigned char* p) { return read_as<float>(p); }},
    {"F16", 2, [](const unsigned char* p) { return from_half(read_as<std::uint16_t>(p)); }},
    {"BF16", 2, [](const unsigned char* p) { return from_bfloat(read_as<std::uint16_t>(p)); }},
    {"I8", 1, [](const unsigned char* p) { return static_cast<float>(read_as<std::int8_t>(p)); }},
};

const StoredType& stored_type(const std::string& name, const std::string& tensor) {
  for (const StoredType& type : kStoredTypes)
    if (name == type.name) return type;
  throw FormatError("tensor " + tensor + " has type " + name + "; F32, F16, BF16 and I8 are read");
}

std::size_t checked_count(const std::vector<std::size_t>& shape, std::size_t most,
                          const std::string& tensor) {
  std::size_t count = 1;
  for (const std::size_t side : shape) {
    if (side != 0 && count > most / side)
      throw FormatError("tensor " + tensor + " is larger than the file");
    count *= side;
  }
  return count;
}

Tensor read_tensor(const std::string& name, const json& entry, const unsigned char* data,
                   std::size_t size) {
  const StoredType& type = stored_type(entry.at("dtype").get<std::string>(), name);
  Tensor tensor{entry.at("shape").get<std::vector<std::size_t>>(), {}};
  const auto offsets = entry.at("data_offsets").get<std::vector<std::size_t>>();
  const std::size_t count = checked_count(tensor.shape, size, name);
  if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > size)
    throw FormatError("tensor " + name + " lies outside the file (truncated?)");
  if (offsets[1] - offsets[0] != count * type.bytes)
    throw FormatError("tensor " + name + " has " + std::to_string(offsets[1] - offsets[0]) +
                      " bytes, its shape needs " + std::to_string(count * type.bytes));
  tensor.values.resize(count);
  for (std::size_t i = 0; i < count; ++i)
    tensor.values[i] = type.read(data + offsets[0] + i * type.bytes);
  return tensor;
}

WeightsFile read_file(const unsigned char* bytes, std::size_t size) {
  if (size < kLengthBytes)
    throw FormatError("too short to be a safetensors file (" + std::to_string(size) + " bytes)");
  const auto header_size = read_as<std::uint64_t>(bytes);
  if (header_size > kLargestHeader || header_size > size - kLengthBytes)
    throw FormatError("not a safetensors file, or truncated: its header claims " +
                      std::to_string(header_size) + " bytes, the file holds " +
                      std::to_string(size));
  const unsigned char* data = bytes + kLengthBytes + header_size;
  const json header = json::parse(bytes + kLengthBytes, data);
  WeightsFile file;
  for (const auto& [name, entry] : header.items()) {
    if (name == "__metadata__")
      file.metadata = entry.get<std::map<std::string, std::string>>();
    else
      file.tensors[name] = read_tensor(name, entry, data, size - kLengthBytes - header_size);
  }
  return file;
}

std::string sides(const std::vector<std::size_t>& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

const Tensor& tensor_of(const WeightsFile& file, const std::string& name) {
  const auto found = file.tensors.find(name);
  if (found == file.tensors.end())
    throw FormatError("has no tensor " + name + "; is it a model of another kind?");
  return found->second;
}

}  // namespace

const Tensor& WeightsFile::tensor(const std::string& name,
                                  const std::vector<std::size_t>& shape) const {
  const Tensor& found = tensor_of(*this, name);
  if (found.shape != shape)
    throw FormatError("tensor " + name + " has shape " + sides(found.shape) +
                      ", the layer list needs " + sides(shape));
  return found;
}

const Tensor& WeightsFile::matrix(const std::string& name) const {
  const Tensor& found = tensor_of(*this, name);
  if (found.shape.size() != 2 || found.values.empty())
    throw FormatError("tensor " + name + " has shape " + sides(found.shape) +
                      ", a matrix is needed");
  return found;
}

const std::string& WeightsFile::meta(const std::string& key) const {
  const auto found = metadata.find(key);
  if (found == metadata.end())
    throw FormatError("has no metadata '" + key + "'; is it a model of another program?");
  return found->second;
}

WeightsFile parse_weights(const unsigned char* bytes, std::size_t size, const std::string& name) {
  try {
    return read_file(bytes, size);
  } catch (const FormatError& error) {
    throw FormatError(name + ": " + error.what());
  } catch (const json::exception&) {
    throw FormatError(name +
                      ": the safetensors header is not what the format asks for (damaged file?)");
  }
}

WeightsFile load_weights(const std::string& path) {
  const std::vector<unsigned char> bytes = read_whole_file(path);
  return parse_weights(bytes.data(), bytes.size(), path);
}

std::vector<unsigned char> serialise_weights(const WeightsFile& file) {
  json header;
  header["__metadata__"] = file.metadata;
  std::size_t offset = 0;
  for (const auto& [name, tensor] : file.tensors) {
    const std::size_t end = offset + tensor.values.size() * sizeof(float);
    header[name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {offset, end}}};
    offset = end;
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');
  std::vector<unsigned char> bytes(kLengthBytes + text.size() + offset);
  const std::uint64_t header_size = text.size();
  std::memcpy(bytes.data(), &header_size, kLengthBytes);
  std::memcpy(bytes.data() + kLengthBytes, text.data(), text.size());
  unsigned char* data = bytes.data() + kLengthBytes + text.size();
  for (const auto& [name, tensor] : file.tensors) {
    std::memcpy(data, tensor.values.data(), tensor.values.size() * sizeof(float));
    data += tensor.values.size() * sizeof(float);
  }
  return bytes;
}

void save_weights(const WeightsFile& file, const std::string& path) {
  const std::vector<unsigned char> bytes = serialise_weights(file);
  AtomicFile out(path);
  out.write(bytes.data(), bytes.size());
  out.commit();
}

}  // namespace equicloud::nn
