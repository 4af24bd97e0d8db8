// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/fft/implementation.h>
#include <equicloud/fft/plan.h>

namespace equicloud::fft {
namespace {

template <typename T>
PlanImplementation<T> plan(const Shape& shape, Direction direction, const Options& options) {
  if (shape.size() == 0)
    throw InvalidArgument("a DFT needs at least one field of at least one point; got " +
                          std::to_string(shape.count) + " of " + std::to_string(shape.rows) +
                          " x " + std::to_string(shape.columns));
  if (options.backend == Backend::fftw && !has_fftw())
    throw InvalidArgument(
        "this program was linked without FFTW; the back end at hand is product (CMake: target "
        "property EQUICLOUD_FFTW)");
  const bool fftw = has_fftw() && options.backend != Backend::product;
  return fftw ? plan_fftw<T>(shape, direction, options.planning)
              : plan_product<T>(shape, direction);
}

}  // namespace

std::vector<Backend> backends() {
  return has_fftw() ? std::vector<Backend>{Backend::fftw, Backend::product}
                    : std::vector<Backend>{Backend::product};
}

std::string name_of(Backend backend) {
  switch (backend) {
    case Backend::fftw:
      return "fftw";
    case Backend::product:
      return "product";
    default:
      return "best";
  }
}

Backend backend_named(const std::string& name) {
  if (name == name_of(Backend::best)) return Backend::best;
  std::string names;
  for (const Backend backend : backends()) {
    if (name == name_of(backend)) return backend;
    names += ", " + name_of(backend);
  }
  throw InvalidArgument("no DFT back end '" + name + "' here; use one of best" + names);
}

template <typename T>
Plan<T>::Plan(std::size_t n, std::size_t count, Direction direction, Options options)
    : implementation_(plan<T>({1, n, count}, direction, options)) {}

template <typename T>
Plan<T>::Plan(std::size_t rows, std::size_t columns, std::size_t count, Direction direction,
              Options options)
    : implementation_(plan<T>({rows, columns, count}, direction, options)) {}

template <typename T>
Plan<T>::Plan(Plan&&) noexcept = default;
template <typename T>
Plan<T>& Plan<T>::operator=(Plan&&) noexcept = default;
template <typename T>
Plan<T>::~Plan() = default;

template <typename T>
void Plan<T>::execute(const Complex* in, Complex* out, Complex* workspace) const noexcept {
  implementation_->execute(in, out, workspace);
}

template <typename T>
std::size_t Plan<T>::size() const noexcept {
  return implementation_->size();
}

template <typename T>
std::size_t Plan<T>::workspace_size() const noexcept {
  return implementation_->workspace_size();
}

template <typename T>
Backend Plan<T>::backend() const noexcept {
  return implementation_->backend();
}

template class Plan<float>;
template class Plan<double>;

}  // namespace equicloud::fft
