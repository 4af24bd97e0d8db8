// SPDX-License-Identifier: BSD-3-Clause
// The only file that includes fftw3.h. FFTW's planner has global state: planning and destroying go
// behind a lock, executing a plan on new arrays does not.
#include <equicloud/base/aligned.h>
#include <equicloud/fft/implementation.h>
#include <fftw3.h>

#include <mutex>

namespace equicloud::fft {
namespace {

std::mutex& planner() {
  static std::mutex lock;
  return lock;
}

// FFTW has one set of names for each precision.
template <typename T>
struct Library;

template <>
struct Library<double> {
  using Plan = fftw_plan;
  static constexpr auto many = fftw_plan_many_dft;
  static constexpr auto execute = fftw_execute_dft;
  static constexpr auto destroy = fftw_destroy_plan;
  static fftw_complex* cast(std::complex<double>* p) { return reinterpret_cast<fftw_complex*>(p); }
};

template <>
struct Library<float> {
  using Plan = fftwf_plan;
  static constexpr auto many = fftwf_plan_many_dft;
  static constexpr auto execute = fftwf_execute_dft;
  static constexpr auto destroy = fftwf_destroy_plan;
  static fftwf_complex* cast(std::complex<float>* p) { return reinterpret_cast<fftwf_complex*>(p); }
};

template <typename T>
class Fftw final : public Plan<T>::Implementation {
 public:
  using Complex = std::complex<T>;

  Fftw(const Shape& shape, Direction direction, Planning planning) : size_(shape.size()) {
    AlignedVector<Complex> in(size_);
    AlignedVector<Complex> out(size_);
    const std::lock_guard<std::mutex> guard(planner());
    in_place_ = plan(shape, direction, planning, out.data(), out.data());
    out_of_place_ = plan(shape, direction, planning, in.data(), out.data());
  }
  ~Fftw() override {
    const std::lock_guard<std::mutex> guard(planner());
    Library<T>::destroy(in_place_);
    Library<T>::destroy(out_of_place_);
  }

  void execute(const Complex* in, Complex* out, Complex*) const noexcept override {
    auto* source = Library<T>::cast(const_cast<Complex*>(in));  // FFTW_PRESERVE_INPUT keeps it
    Library<T>::execute(in == out ? in_place_ : out_of_place_, source, Library<T>::cast(out));
  }
  std::size_t size() const noexcept override { return size_; }
  std::size_t workspace_size() const noexcept override { return 0; }
  Backend backend() const noexcept override { return Backend::fftw; }

 private:
  static typename Library<T>::Plan plan(const Shape& shape, Direction direction, Planning planning,
                                        Complex* in, Complex* out) {
    const int lengths[2] = {static_cast<int>(shape.rows), static_cast<int>(shape.columns)};
    const bool ring = shape.rows == 1;
    const int field = lengths[0] * lengths[1];
    const unsigned flags =
        (planning == Planning::measure ? FFTW_MEASURE : FFTW_ESTIMATE) | FFTW_PRESERVE_INPUT;
    return Library<T>::many(ring ? 1 : 2, ring ? lengths + 1 : lengths,
                            static_cast<int>(shape.count), Library<T>::cast(in), nullptr, 1, field,
                            Library<T>::cast(out), nullptr, 1, field,
                            direction == Direction::forward ? FFTW_FORWARD : FFTW_BACKWARD, flags);
  }

  std::size_t size_;
  typename Library<T>::Plan in_place_;
  typename Library<T>::Plan out_of_place_;
};

}  // namespace

bool has_fftw() noexcept { return true; }

template <typename T>
PlanImplementation<T> plan_fftw(const Shape& shape, Direction direction, Planning planning) {
  return std::make_unique<Fftw<T>>(shape, direction, planning);
}

template PlanImplementation<float> plan_fftw<float>(const Shape&, Direction, Planning);
template PlanImplementation<double> plan_fftw<double>(const Shape&, Direction, Planning);

}  // namespace equicloud::fft
