// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/steps.h>
#include <equicloud/so3/transform.h>

#include <algorithm>
#include <string>

namespace equicloud::so3 {
namespace {

// Up to this many bytes of columns a task takes a chunk of functions from beginning to end; beyond,
// all threads work on one chunk.
constexpr std::size_t kPrivateColumns = std::size_t{4} << 20;
// Orbits that a task takes of a shared chunk.
constexpr std::size_t kOrbitSpan = 32;

void check_memory(const Grid& grid, const Cost& cost, std::size_t limit) {
  const std::size_t bytes = cost.table_bytes + cost.workspace_bytes;
  if (bytes > limit)
    throw InvalidArgument("an SO(3) transform of bandwidth " + std::to_string(grid.bandwidth) +
                          " needs " + std::to_string(bytes) + " bytes; the limit is " +
                          std::to_string(limit) + " (TransformOptions::memory_limit)");
}

// The grid if a plan on it fits, so that a plan is refused before it allocates.
template <typename T>
const Grid& affordable(const Grid& grid, const TransformOptions& options) {
  check_memory(grid, transform_cost<T>(grid, options), options.memory_limit);
  return grid;
}

// What distinguishes a transform from the adjoint of its inverse: factors of the pairs of rings and
// of the degrees.
template <typename T>
struct Factors {
  std::vector<T> pair;
  std::vector<T> degree;
};

enum class Weights { of_samples, none };
enum class Degrees { by_size, alike };

// @param middle  how often the ring that is its own mirror counts: analysis meets it twice
template <typename T>
Factors<T> factors(const Grid& grid, Weights weights, Degrees degrees, double middle) {
  Factors<T> result;
  for (std::size_t p = 0; 2 * p < grid.planes(); ++p) {
    const double weight = weights == Weights::none ? 1.0 : grid.sample_weight(p);
    result.pair.push_back(static_cast<T>(2 * p + 1 == grid.planes() ? middle * weight : weight));
  }
  for (int l = 0; l < grid.bandwidth; ++l)
    result.degree.push_back(degrees == Degrees::alike ? T(1) : static_cast<T>(2 * l + 1));
  return result;
}

// Functions as the steps see them: real numbers, `parts` of them a sample.
struct Batch {
  std::size_t functions;
  std::size_t parts;
};

}  // namespace

template <typename T>
struct SO3Transform<T>::Tables {
  Tables(const Grid& on, const TransformOptions& options)
      : grid(affordable<T>(on, options)),
        cost(transform_cost<T>(on, options)),
        steps(on, options),
        analysis(factors<T>(on, Weights::of_samples, Degrees::alike, 0.5)),
        synthesis(factors<T>(on, Weights::none, Degrees::by_size, 1.0)),
        analysis_adjoint(factors<T>(on, Weights::of_samples, Degrees::alike, 1.0)),
        synthesis_adjoint(factors<T>(on, Weights::none, Degrees::by_size, 0.5)) {}

  Workspace make_workspace(const Executor& executor) const;
  Batch batch(std::size_t samples, std::size_t coefficients, std::size_t parts) const;
  void analyse(const T* samples, Complex* coefficients, Batch batch, const Factors<T>& factors,
               Workspace& workspace) const;
  void synthesise(const Complex* coefficients, T* samples, Batch batch, const Factors<T>& factors,
                  Workspace& workspace) const;
  template <typename Body>
  void for_chunks(Batch batch, Workspace& workspace, const Body& body) const;

  Grid grid;
  Cost cost;
  TransformSteps<T> steps;
  Factors<T> analysis, synthesis, analysis_adjoint, synthesis_adjoint;
};

template <typename T>
TransformWorkspace<T> SO3Transform<T>::Tables::make_workspace(const Executor& executor) const {
  const auto count = static_cast<std::size_t>(executor.threads());
  const std::size_t size = steps.layout().columns_size();
  std::vector<Scratch<T>> scratch;
  for (std::size_t i = 0; i < count; ++i) scratch.push_back(steps.scratch());
  std::vector<AlignedVector<T>> columns;
  const std::size_t arrays = size * sizeof(T) <= kPrivateColumns ? count : 1;
  for (std::size_t i = 0; i < arrays; ++i) columns.emplace_back(size);
  return Workspace(std::make_unique<typename Workspace::State>(executor, std::move(scratch),
                                                               std::move(columns)));
}

template <typename T>
Batch SO3Transform<T>::Tables::batch(std::size_t samples, std::size_t coefficients,
                                     std::size_t parts) const {
  const std::size_t each = coefficient_count(grid.bandwidth);
  const std::size_t functions = coefficients / each;
  if (coefficients != functions * each || samples != functions * grid.samples())
    throw InvalidArgument("an SO(3) transform of bandwidth " + std::to_string(grid.bandwidth) +
                          " got " + std::to_string(samples) + " samples and " +
                          std::to_string(coefficients) + " coefficients; a function has " +
                          std::to_string(grid.samples()) + " and " + std::to_string(each));
  return {functions, parts};
}

// Calls body(chunk, number of its first function, scratch pool, executor for its steps).
template <typename T>
template <typename Body>
void SO3Transform<T>::Tables::for_chunks(Batch batch, Workspace& workspace,
                                         const Body& body) const {
  typename Workspace::State& state = workspace.state();
  const std::size_t together = steps.layout().functions / batch.parts;
  const auto run = [&](std::size_t number, const Executor& inner) {
    const typename Pool<AlignedVector<T>>::Loan columns(state.columns);
    const std::size_t first = number * together;
    body(Chunk<T>{std::min(together, batch.functions - first), batch.parts, columns->data()}, first,
         state.scratch, inner);
  };
  const std::size_t chunks = (batch.functions + together - 1) / together;
  if (steps.layout().columns_size() * sizeof(T) <= kPrivateColumns)
    state.executor.run(chunks, [&](std::size_t number) { run(number, serial_executor()); });
  else
    for (std::size_t number = 0; number < chunks; ++number) run(number, state.executor);
}

template <typename T>
void SO3Transform<T>::Tables::analyse(const T* samples, Complex* coefficients, Batch batch,
                                      const Factors<T>& factors, Workspace& workspace) const {
  for_chunks(batch, workspace,
             [&](const Chunk<T>& chunk, std::size_t first, auto& pool, const Executor& inner) {
               const T* f = samples + first * grid.samples() * batch.parts;
               Complex* fhat = coefficients + first * coefficient_count(grid.bandwidth);
               inner.run(steps.layout().pairs, [&](std::size_t pair) {
                 const typename Pool<Scratch<T>>::Loan scratch(pool);
                 steps.samples_to_columns(f, pair, factors.pair[pair], chunk, *scratch);
               });
               for_spans(inner, orbit_count(grid.bandwidth), kOrbitSpan,
                         [&](std::size_t begin, std::size_t end, std::size_t) {
                           const typename Pool<Scratch<T>>::Loan scratch(pool);
                           for (std::size_t orbit = begin; orbit < end; ++orbit)
                             steps.columns_to_coefficients(chunk, orbit, factors.degree.data(),
                                                           fhat, *scratch);
                         });
             });
}

template <typename T>
void SO3Transform<T>::Tables::synthesise(const Complex* coefficients, T* samples, Batch batch,
                                         const Factors<T>& factors, Workspace& workspace) const {
  for_chunks(batch, workspace,
             [&](const Chunk<T>& chunk, std::size_t first, auto& pool, const Executor& inner) {
               const Complex* fhat = coefficients + first * coefficient_count(grid.bandwidth);
               T* f = samples + first * grid.samples() * batch.parts;
               for_spans(inner, orbit_count(grid.bandwidth), kOrbitSpan,
                         [&](std::size_t begin, std::size_t end, std::size_t) {
                           const typename Pool<Scratch<T>>::Loan scratch(pool);
                           for (std::size_t orbit = begin; orbit < end; ++orbit)
                             steps.coefficients_to_columns(fhat, orbit, factors.degree.data(),
                                                           chunk, *scratch);
                         });
               inner.run(steps.layout().pairs, [&](std::size_t pair) {
                 const typename Pool<Scratch<T>>::Loan scratch(pool);
                 steps.columns_to_samples(chunk, pair, factors.pair[pair], f, *scratch);
               });
             });
}

template <typename T>
SO3Transform<T>::SO3Transform(const Grid& grid, const TransformOptions& options)
    : tables_(std::make_unique<const Tables>(grid, options)) {}
template <typename T>
SO3Transform<T>::SO3Transform(SO3Transform&&) noexcept = default;
template <typename T>
SO3Transform<T>& SO3Transform<T>::operator=(SO3Transform&&) noexcept = default;
template <typename T>
SO3Transform<T>::~SO3Transform() = default;

template <typename T>
const Grid& SO3Transform<T>::grid() const noexcept {
  return tables_->grid;
}
template <typename T>
const Cost& SO3Transform<T>::cost() const noexcept {
  return tables_->cost;
}
template <typename T>
std::size_t SO3Transform<T>::samples() const noexcept {
  return tables_->grid.samples();
}
template <typename T>
std::size_t SO3Transform<T>::coefficients() const noexcept {
  return coefficient_count(tables_->grid.bandwidth);
}
template <typename T>
TransformWorkspace<T> SO3Transform<T>::workspace(const Executor& executor) const {
  return tables_->make_workspace(executor);
}

template <typename T>
void SO3Transform<T>::analysis(Span<const T> f, Span<Complex> fhat, Workspace& workspace) const {
  tables_->analyse(f.data(), fhat.data(), tables_->batch(f.size(), fhat.size(), 1),
                   tables_->analysis, workspace);
}
template <typename T>
void SO3Transform<T>::synthesis_adjoint(Span<const T> g, Span<Complex> ghat,
                                        Workspace& workspace) const {
  tables_->analyse(g.data(), ghat.data(), tables_->batch(g.size(), ghat.size(), 1),
                   tables_->synthesis_adjoint, workspace);
}
template <typename T>
void SO3Transform<T>::synthesis(Span<const Complex> fhat, Span<T> f, Workspace& workspace) const {
  tables_->synthesise(fhat.data(), f.data(), tables_->batch(f.size(), fhat.size(), 1),
                      tables_->synthesis, workspace);
}
template <typename T>
void SO3Transform<T>::analysis_adjoint(Span<const Complex> ghat, Span<T> g,
                                       Workspace& workspace) const {
  tables_->synthesise(ghat.data(), g.data(), tables_->batch(g.size(), ghat.size(), 1),
                      tables_->analysis_adjoint, workspace);
}

// std::complex<T> is two T, real part first ([complex.numbers]).
template <typename T>
void SO3Transform<T>::analysis(Span<const Complex> f, Span<Complex> fhat,
                               Workspace& workspace) const {
  tables_->analyse(reinterpret_cast<const T*>(f.data()), fhat.data(),
                   tables_->batch(f.size(), fhat.size(), 2), tables_->analysis, workspace);
}
template <typename T>
void SO3Transform<T>::synthesis_adjoint(Span<const Complex> g, Span<Complex> ghat,
                                        Workspace& workspace) const {
  tables_->analyse(reinterpret_cast<const T*>(g.data()), ghat.data(),
                   tables_->batch(g.size(), ghat.size(), 2), tables_->synthesis_adjoint, workspace);
}
template <typename T>
void SO3Transform<T>::synthesis(Span<const Complex> fhat, Span<Complex> f,
                                Workspace& workspace) const {
  tables_->synthesise(fhat.data(), reinterpret_cast<T*>(f.data()),
                      tables_->batch(f.size(), fhat.size(), 2), tables_->synthesis, workspace);
}
template <typename T>
void SO3Transform<T>::analysis_adjoint(Span<const Complex> ghat, Span<Complex> g,
                                       Workspace& workspace) const {
  tables_->synthesise(ghat.data(), reinterpret_cast<T*>(g.data()),
                      tables_->batch(g.size(), ghat.size(), 2), tables_->analysis_adjoint,
                      workspace);
}

template <typename T>
TransformWorkspace<T>::TransformWorkspace(std::unique_ptr<State> state) noexcept
    : state_(std::move(state)) {}
template <typename T>
TransformWorkspace<T>::TransformWorkspace(TransformWorkspace&&) noexcept = default;
template <typename T>
TransformWorkspace<T>& TransformWorkspace<T>::operator=(TransformWorkspace&&) noexcept = default;
template <typename T>
TransformWorkspace<T>::~TransformWorkspace() = default;

template class TransformWorkspace<float>;
template class TransformWorkspace<double>;
template class SO3Transform<float>;
template class SO3Transform<double>;

}  // namespace equicloud::so3
