// SPDX-License-Identifier: BSD-3-Clause
#include <train/graph_average.h>

namespace equicloud::train {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

void add_scaled(float* out, const float* in, float factor, std::int64_t channels) {
  for (std::int64_t c = 0; c < channels; ++c) out[c] += factor * in[c];
}

/// Calls visit(row, other row, factor) for the point itself and for each of its neighbours.
template <typename Visit>
void for_edges(const Tensor& own, const Tensor& shares, const Tensor& neighbors,
               const Visit& visit) {
  const std::int64_t n = shares.size(0), k = shares.size(1);
  const auto* own_share = own.data_ptr<float>();
  const auto* share = shares.data_ptr<float>();
  const auto* neighbor = neighbors.data_ptr<std::int64_t>();
  for (std::int64_t i = 0; i < n; ++i) {
    visit(i, i, own_share[i]);
    for (std::int64_t e = i * k; e < (i + 1) * k; ++e) visit(i, neighbor[e], share[e]);
  }
}

class GraphAverage : public torch::autograd::Function<GraphAverage> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& own,
                        const Tensor& shares, const Tensor& neighbors) {
    context->save_for_backward({own, shares, neighbors});
    const Tensor in = x.contiguous();
    Tensor out = torch::zeros_like(in);
    const std::int64_t channels = in.size(1);
    const auto* from = in.data_ptr<float>();
    auto* to = out.data_ptr<float>();
    for_edges(own, shares, neighbors, [&](std::int64_t i, std::int64_t j, float factor) {
      add_scaled(to + i * channels, from + j * channels, factor, channels);
    });
    return out;
  }

  static tensor_list backward(AutogradContext* context, const tensor_list& gradients) {
    const auto saved = context->get_saved_variables();
    const Tensor in = gradients[0].contiguous();
    Tensor out = torch::zeros_like(in);
    const std::int64_t channels = in.size(1);
    const auto* from = in.data_ptr<float>();
    auto* to = out.data_ptr<float>();
    for_edges(saved[0], saved[1], saved[2], [&](std::int64_t i, std::int64_t j, float factor) {
      add_scaled(to + j * channels, from + i * channels, factor, channels);
    });
    return {out, Tensor(), Tensor(), Tensor()};
  }
};

}  // namespace

Tensor graph_average(const Tensor& x, const Tensor& own, const Tensor& shares,
                     const Tensor& neighbors) {
  if (x.is_cpu()) return GraphAverage::apply(x, own, shares, neighbors);
  const Tensor gathered = x.index_select(0, neighbors.flatten());
  return own * x +
         (shares.unsqueeze(2) * gathered.view({shares.size(0), shares.size(1), x.size(1)})).sum(1);
}

}  // namespace equicloud::train
