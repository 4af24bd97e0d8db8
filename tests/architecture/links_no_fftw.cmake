# cmake -D PROGRAM=<file> -P links_no_fftw.cmake: fails if the program asks for a library whose name begins with libfftw.
find_program(READELF readelf REQUIRED)
execute_process(COMMAND ${READELF} -d ${PROGRAM} OUTPUT_VARIABLE section COMMAND_ERROR_IS_FATAL ANY)
if(NOT section MATCHES "NEEDED")
  message(FATAL_ERROR "${PROGRAM}: readelf lists no library it needs; this test would see nothing")
endif()
if(section MATCHES "libfftw[^\\n]*")
  message(FATAL_ERROR "${PROGRAM} links ${CMAKE_MATCH_0} (GPL); which of its targets has EQUICLOUD_FFTW?")
endif()
