// SPDX-License-Identifier: BSD-3-Clause
#include <bench/transforms/cases.h>
#include <bench/transforms/floors.h>
#include <equicloud/base/executor.h>
#include <equicloud/base/random.h>
#include <equicloud/sphere/transform.h>

#include <memory>

namespace equicloud::bench {
namespace {

using sphere::Grid;
using sphere::SphereTransform;

constexpr int kBatch = 64;
constexpr int kBatchOfLarge = 8;  // above b = 64

// One plan and its data, shared by the cases of a size.
template <typename T>
struct Setup {
  Setup(const Grid& grid, int batch, const Executor& executor)
      : transform(grid),
        workspace(transform.workspace(executor)),
        fields(grid.samples() * static_cast<std::size_t>(batch)),
        coefficients(sphere::half_size(grid.bandwidth) * static_cast<std::size_t>(batch)) {
    Random random(1);
    for (T& each : fields) each = static_cast<T>(random.uniform(-1, 1));
    analysis();
  }
  void analysis() { transform.analysis(Span<const T>(fields), coefficients, workspace); }
  void synthesis() { transform.synthesis(coefficients, Span<T>(fields), workspace); }

  SphereTransform<T> transform;
  typename SphereTransform<T>::Workspace workspace;
  std::vector<T> fields;
  std::vector<std::complex<T>> coefficients;
};

// Degrees x rings x (2 batch) for each order and parity; transposed for synthesis.
std::vector<Product> legendre_products(const Grid& grid, int batch, bool analysis) {
  std::vector<Product> products;
  for (int m = 0; m < grid.bandwidth; ++m)
    for (int parity = 0; parity < 2; ++parity) {
      const auto degrees = static_cast<std::size_t>((grid.bandwidth - m + 1 - parity) / 2);
      const std::size_t rings = (grid.rings() + 1) / 2;
      const auto columns = static_cast<std::size_t>(2 * batch);
      if (degrees > 0)
        products.push_back(analysis ? Product{degrees, rings, columns}
                                    : Product{rings, degrees, columns});
    }
  return products;
}

template <typename T>
std::function<void()> ours(const Grid& grid, int batch, const Executor& executor, bool analysis) {
  const auto setup = std::make_shared<Setup<T>>(grid, batch, executor);
  return [setup, analysis] { analysis ? setup->analysis() : setup->synthesis(); };
}

template <typename T>
void add_map(std::vector<Case>& cases, const Line& line, const Grid& grid, bool analysis) {
  static const ThreadPool two(2);
  const int batch = grid.bandwidth > 64 ? kBatchOfLarge : kBatch;
  const auto add = [&](Role role, int functions, int threads, const std::string& variant,
                       const std::function<std::function<void()>()>& prepare) {
    cases.push_back({line, role, functions, threads, variant, prepare});
  };
  add(Role::ours, 1, 1, "", [=] { return ours<T>(grid, 1, serial_executor(), analysis); });
  add(Role::ours, batch, 1, "", [=] { return ours<T>(grid, batch, serial_executor(), analysis); });
  add(Role::ours, batch, 2, "", [=] { return ours<T>(grid, batch, two, analysis); });
  const auto columns = static_cast<std::size_t>(grid.columns);
  const std::size_t pairs = (grid.rings() + 1) / 2;
  for (const int functions : {1, batch})
    for (const bool in_place : {false, true})
      add(Role::dft_floor, functions, 1, in_place ? "in place" : "out of place", [=] {
        const std::size_t count = pairs * static_cast<std::size_t>(functions);
        return dft_floor<T>(columns, count, pairs, analysis, in_place);
      });
  add(Role::product_floor, batch, 1, "",
      [=] { return product_floor<T>(legendre_products(grid, batch, analysis), !analysis); });
}

template <typename T>
void add_grid(std::vector<Case>& cases, const std::string& transform, const Grid& grid) {
  const std::string type = sizeof(T) == 8 ? "double" : "float";
  add_map<T>(cases, {transform, grid.bandwidth, type, "synthesis"}, grid, false);
  add_map<T>(cases, {transform, grid.bandwidth, type, "analysis"}, grid, true);
}

}  // namespace

void add_sphere_cases(std::vector<Case>& cases) {
  for (const int b : {8, 16, 32, 64, 128}) {
    add_grid<double>(cases, "S2 GL", sphere::gauss_legendre(b));
    add_grid<double>(cases, "S2 DH", sphere::driscoll_healy(b));
    add_grid<float>(cases, "S2 GL", sphere::gauss_legendre(b));
    add_grid<float>(cases, "S2 DH", sphere::driscoll_healy(b));
  }
}

}  // namespace equicloud::bench
