# One precompiled header for the whole product: what nearly every file includes, or few include and costs much to read.
set(waymark_precompiled_headers
  <algorithm> <array> <atomic> <chrono> <condition_variable> <cstdint> <expected> <filesystem> <functional> <map> <memory>
  <mutex> <optional> <set> <span> <stop_token> <string> <string_view> <thread> <unordered_map> <utility> <variant> <vector>
  <boost/json.hpp> <fmt/format.h>)
file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cpp "")
add_library(waymark_precompiled STATIC ${CMAKE_BINARY_DIR}/precompiled.cpp)
target_link_libraries(waymark_precompiled PUBLIC waymark_options fmt::fmt Boost::json Threads::Threads)
target_precompile_headers(waymark_precompiled PUBLIC ${waymark_precompiled_headers})

# waymark_layer(NAME FOLDER LINKS library ...): a static library of every .cpp in FOLDER (and below it), and, where
# the folder holds *_test.cpp files, a test program NAME_tests of those.
function(waymark_layer name folder)
  cmake_parse_arguments(arg "" "" "LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(NOT sources)
    file(WRITE ${CMAKE_BINARY_DIR}/empty_${name}.cpp "")
    set(sources ${CMAKE_BINARY_DIR}/empty_${name}.cpp)
  endif()
  add_library(waymark_${name} STATIC ${sources})
  # Boost::json is every layer's: the precompiled header includes it.
  target_link_libraries(waymark_${name} PUBLIC waymark_options Boost::json Threads::Threads ${arg_LINKS})
  target_precompile_headers(waymark_${name} REUSE_FROM waymark_precompiled)
  set_property(GLOBAL APPEND PROPERTY waymark_test_layers ${name})
  set_property(GLOBAL PROPERTY waymark_test_sources_${name} "${tests}")
endfunction()
