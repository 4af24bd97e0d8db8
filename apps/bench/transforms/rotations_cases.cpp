// SPDX-License-Identifier: BSD-3-Clause
#include <bench/transforms/cases.h>
#include <bench/transforms/floors.h>
#include <equicloud/base/executor.h>
#include <equicloud/base/random.h>
#include <equicloud/so3/orbits.h>
#include <equicloud/so3/transform.h>

#include <memory>

namespace equicloud::bench {
namespace {

// Functions in a batch: what a layer of a network of that bandwidth holds at once.
int batch_of(int b) { return b <= 16 ? 16 : 4; }
// Above this the stored table of the product floor takes hundreds of megabytes.
constexpr int kLargestFloor = 64;

// Real functions and their coefficients, with all that transforms them.
template <typename T>
class Functions {
 public:
  Functions(int b, int batch, const Executor& executor)
      : transform_(so3::soft(b)),
        workspace_(transform_.workspace(executor)),
        samples_(transform_.samples() * static_cast<std::size_t>(batch)),
        coefficients_(transform_.coefficients() * static_cast<std::size_t>(batch)) {
    Random random(1);
    for (T& sample : samples_) sample = static_cast<T>(random.uniform(-1, 1));
    transform(true);
  }
  void transform(bool analysis) {
    if (analysis)
      transform_.analysis(Span<const T>(samples_), coefficients_, workspace_);
    else
      transform_.synthesis(coefficients_, Span<T>(samples_), workspace_);
  }

 private:
  so3::SO3Transform<T> transform_;
  typename so3::SO3Transform<T>::Workspace workspace_;
  std::vector<T> samples_;
  std::vector<std::complex<T>> coefficients_;
};

// One product an orbit: its degrees, all rings, eight columns a function.
std::vector<Product> wigner_products(int b, int batch, bool analysis) {
  const auto rings = static_cast<std::size_t>(2 * b);
  const std::size_t columns = so3::kOrbitWidth * static_cast<std::size_t>(batch);
  std::vector<Product> products;
  for (const so3::Orbit& orbit : so3::orbits(b)) {
    const auto degrees = static_cast<std::size_t>(b - orbit.m);
    products.push_back(analysis ? Product{degrees, rings, columns}
                                : Product{rings, degrees, columns});
  }
  return products;
}

template <typename T>
void add_direction(std::vector<Case>& cases, int b, bool analysis) {
  static const ThreadPool two(2);
  const Line line = {"SO3 SOFT", b, sizeof(T) == 8 ? "double" : "float",
                     analysis ? "analysis" : "synthesis"};
  const auto ours = [&](int functions, const Executor& executor) {
    cases.push_back({line, Role::ours, functions, executor.threads(), "", [=, &executor] {
                       const auto data = std::make_shared<Functions<T>>(b, functions, executor);
                       return [=] { data->transform(analysis); };
                     }});
  };
  const int batch = batch_of(b);
  ours(1, serial_executor());
  if (b > kLargestFloor) return;
  ours(batch, serial_executor());
  ours(batch, two);
  const auto side = static_cast<std::size_t>(2 * b);
  for (const int functions : {1, batch})
    for (const bool in_place : {false, true})
      cases.push_back(
          {line, Role::dft_floor, functions, 1, in_place ? "in place" : "out of place", [=] {
             const auto planes = static_cast<std::size_t>(b * functions);
             return plane_dft_floor<T>(side, planes, analysis, in_place);
           }});
  cases.push_back({line, Role::product_floor, batch, 1, "", [=] {
                     return product_floor<T>(wigner_products(b, batch, analysis), !analysis);
                   }});
}

}  // namespace

void add_rotations_cases(std::vector<Case>& cases) {
  for (const int b : {8, 16, 32, 64, 128})
    for (const bool analysis : {false, true}) {
      add_direction<double>(cases, b, analysis);
      add_direction<float>(cases, b, analysis);
    }
}

}  // namespace equicloud::bench
