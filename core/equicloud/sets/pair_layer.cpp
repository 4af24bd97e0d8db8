// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sets/pair_layer.h>

#include <algorithm>
#include <string>
#include <utility>

namespace equicloud::sets {
namespace {

// A table with its sums, channel by channel: rows, columns and diagonal n x channels.
template <typename T>
struct Table {
  const T* x;
  std::size_t n;
  std::size_t channels;
  std::vector<T> row, column, diagonal, trace, total;

  Table(const std::vector<T>& values, std::size_t points, std::size_t width);
  /// The maps 0 .. 14 of entry (i, j), 15 x channels.
  void write_entry(std::size_t i, std::size_t j, T* out) const;
};

template <typename T>
Table<T>::Table(const std::vector<T>& values, std::size_t points, std::size_t width)
    : x(values.data()), n(points), channels(width) {
  if (values.empty() || values.size() != n * n * channels)
    throw InvalidArgument("pairs: " + std::to_string(values.size()) + " values are not " +
                          std::to_string(n) + " x " + std::to_string(n) + " x " +
                          std::to_string(channels));
  row.assign(n * channels, T(0));
  column = diagonal = row;
  trace.assign(channels, T(0));
  total = trace;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t c = 0; c < channels; ++c) {
        const T value = x[(i * n + j) * channels + c];
        row[i * channels + c] += value;
        column[j * channels + c] += value;
        if (i == j) diagonal[i * channels + c] = value;
      }
  for (std::size_t i = 0; i < n * channels; ++i) {
    trace[i % channels] += diagonal[i];
    total[i % channels] += row[i];
  }
}

template <typename T>
void Table<T>::write_entry(std::size_t i, std::size_t j, T* out) const {
  const auto put = [&](const T* values) { out = std::copy_n(values, channels, out); };
  const std::size_t at_i = i * channels;
  const std::size_t at_j = j * channels;
  put(x + (i * n + j) * channels);
  put(x + (j * n + i) * channels);
  put(row.data() + at_i);
  put(row.data() + at_j);
  put(column.data() + at_i);
  put(column.data() + at_j);
  put(diagonal.data() + at_i);
  put(diagonal.data() + at_j);
  put(trace.data());
  put(total.data());
  if (i != j) {
    std::fill_n(out, 5 * channels, T(0));
    return;
  }
  put(diagonal.data() + at_i);
  put(row.data() + at_i);
  put(column.data() + at_i);
  put(trace.data());
  put(total.data());
}

}  // namespace

template <typename T>
std::vector<T> pair_maps(const std::vector<T>& x, std::size_t n, std::size_t channels) {
  const Table<T> table(x, n, channels);
  const std::size_t width = kPairMaps * channels;
  std::vector<T> maps(n * n * width);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) table.write_entry(i, j, maps.data() + (i * n + j) * width);
  return maps;
}

PairLayer::PairLayer(nn::Dense mix, std::vector<float> diagonal) : mix_(std::move(mix)) {
  const auto out = static_cast<std::size_t>(mix_.out());
  if (static_cast<std::size_t>(mix_.in()) % kPairMaps != 0 ||
      (!diagonal.empty() && diagonal.size() != out))
    throw InvalidArgument("PairLayer: mix takes " + std::to_string(mix_.in()) +
                          " channels, expected 15 times those of the table; the diagonal has " +
                          std::to_string(diagonal.size()) + " biases for " + std::to_string(out) +
                          " outputs");
  diagonal_bias_.assign(mix_.bias().begin(), mix_.bias().end());
  for (std::size_t c = 0; c < diagonal.size(); ++c) diagonal_bias_[c] += diagonal[c];
}

std::vector<float> PairLayer::forward(const std::vector<float>& x, std::size_t n) const {
  const auto width = static_cast<std::size_t>(mix_.in());
  const auto out = static_cast<std::size_t>(mix_.out());
  const std::size_t stride = mix_.padded_out();
  const Table<float> table(x, n, width / kPairMaps);
  std::vector<float> maps(n * width);  // of one row of the table at a time
  std::vector<float> padded(n * stride);
  std::vector<float> y(n * n * out);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) table.write_entry(i, j, maps.data() + j * width);
    mix_.forward(maps.data(), width, n, padded.data());
    mix_.forward(maps.data() + i * width, width, 1, diagonal_bias_.data(),
                 padded.data() + i * stride);
    for (std::size_t j = 0; j < n; ++j)
      std::copy_n(padded.data() + j * stride, out, y.data() + (i * n + j) * out);
  }
  return y;
}

template std::vector<float> pair_maps(const std::vector<float>&, std::size_t, std::size_t);
template std::vector<double> pair_maps(const std::vector<double>&, std::size_t, std::size_t);

}  // namespace equicloud::sets
