# cmake -D BUILD=<build folder> -D SOURCE=<this folder> -D WORK=<scratch folder> -D COMPILER=<C++>
#   -D COMPONENT=<outlier, fft, pcl or pcl_shapes> -D STANDARD=<17 or 20> [-D WITH_FFTW=ON] -P run.cmake
file(REMOVE_RECURSE ${WORK})
foreach(step
    "${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix --component library"
    "${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/build -DCMAKE_PREFIX_PATH=${WORK}/prefix -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_BUILD_TYPE=Release -DPART=${COMPONENT} -DCMAKE_CXX_STANDARD=${STANDARD} -DWITH_FFTW=${WITH_FFTW}"
    "${CMAKE_COMMAND} --build ${WORK}/build"
    "${WORK}/build/consumer")
  separate_arguments(command UNIX_COMMAND "${step}")
  execute_process(COMMAND ${command} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endforeach()
