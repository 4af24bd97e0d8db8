// SPDX-License-Identifier: BSD-3-Clause
#include <bench/transforms/floors.h>
#include <cblas.h>
#include <equicloud/base/aligned.h>
#include <equicloud/base/random.h>
#include <equicloud/fft/plan.h>

#include <complex>
#include <memory>

namespace equicloud::bench {
namespace {

void gemm(bool transposed, const Product& p, const double* a, const double* b, double* c) {
  const auto [m, k, n] = std::tuple(int(p.m), int(p.k), int(p.n));
  cblas_dgemm(CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, CblasNoTrans, m, n, k, 1.0, a,
              transposed ? m : k, b, n, 0.0, c, n);
}
void gemm(bool transposed, const Product& p, const float* a, const float* b, float* c) {
  const auto [m, k, n] = std::tuple(int(p.m), int(p.k), int(p.n));
  cblas_sgemm(CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, CblasNoTrans, m, n, k, 1.0F, a,
              transposed ? m : k, b, n, 0.0F, c, n);
}

template <typename T>
AlignedVector<T> uniform(std::size_t n, Random& random) {
  AlignedVector<T> values(n);
  for (T& value : values) value = static_cast<T>(random.uniform(-1, 1));
  return values;
}

constexpr fft::Options kMeasured = {fft::Backend::best, fft::Planning::measure};

fft::Direction direction_of(bool forward) {
  return forward ? fft::Direction::forward : fft::Direction::backward;
}

// The plan over and over, on as many zeros as `size` says.
template <typename T>
std::function<void()> repeated(fft::Plan<T> made, std::size_t size, bool in_place) {
  using Complex = std::complex<T>;
  const auto plan = std::make_shared<fft::Plan<T>>(std::move(made));
  const auto in = std::make_shared<AlignedVector<Complex>>(size);
  const auto out = in_place ? in : std::make_shared<AlignedVector<Complex>>(size);
  const auto workspace = std::make_shared<AlignedVector<Complex>>(plan->workspace_size());
  return [=] {
    for (std::size_t i = 0; i + plan->size() <= size; i += plan->size())
      plan->execute(in->data() + i, out->data() + i, workspace->data());
  };
}

}  // namespace

template <typename T>
std::function<void()> dft_floor(std::size_t n, std::size_t count, std::size_t at_once, bool forward,
                                bool in_place) {
  return repeated(fft::Plan<T>(n, at_once, direction_of(forward), kMeasured), n * count, in_place);
}

template <typename T>
std::function<void()> plane_dft_floor(std::size_t side, std::size_t count, bool forward,
                                      bool in_place) {
  return repeated(fft::Plan<T>(side, side, 1, direction_of(forward), kMeasured),
                  side * side * count, in_place);
}

template <typename T>
std::function<void()> product_floor(const std::vector<Product>& products, bool transposed) {
  struct Operands {
    Product shape;
    AlignedVector<T> a, b, c;
  };
  Random random(1);
  const auto all = std::make_shared<std::vector<Operands>>();
  for (const Product& p : products)
    all->push_back({p, uniform<T>(p.m * p.k, random), uniform<T>(p.k * p.n, random),
                    AlignedVector<T>(p.m * p.n)});
  openblas_set_num_threads(1);
  return [=] {
    for (Operands& o : *all) gemm(transposed, o.shape, o.a.data(), o.b.data(), o.c.data());
  };
}

template std::function<void()> dft_floor<float>(std::size_t, std::size_t, std::size_t, bool, bool);
template std::function<void()> dft_floor<double>(std::size_t, std::size_t, std::size_t, bool, bool);
template std::function<void()> plane_dft_floor<float>(std::size_t, std::size_t, bool, bool);
template std::function<void()> plane_dft_floor<double>(std::size_t, std::size_t, bool, bool);
template std::function<void()> product_floor<float>(const std::vector<Product>&, bool);
template std::function<void()> product_floor<double>(const std::vector<Product>&, bool);

}  // namespace equicloud::bench
