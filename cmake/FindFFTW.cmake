# FFTW in both precisions: FFTW_FOUND, FFTW_INCLUDE_DIR, FFTW_LIBRARIES. (The package files that distributions ship name
# targets that they lack.)
find_path(FFTW_INCLUDE_DIR fftw3.h)
find_library(FFTW_DOUBLE_LIBRARY fftw3)
find_library(FFTW_FLOAT_LIBRARY fftw3f)
mark_as_advanced(FFTW_INCLUDE_DIR FFTW_DOUBLE_LIBRARY FFTW_FLOAT_LIBRARY)
set(FFTW_LIBRARIES ${FFTW_DOUBLE_LIBRARY} ${FFTW_FLOAT_LIBRARY})
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(FFTW REQUIRED_VARS FFTW_INCLUDE_DIR FFTW_DOUBLE_LIBRARY FFTW_FLOAT_LIBRARY)
