# What each preset of CMakePresets.json turns on.
option(WAYMARK_SANITIZE "AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(WAYMARK_THREAD_SANITIZE "ThreadSanitizer, for the tests labelled 'race'" OFF)
option(WAYMARK_FUZZ "Build the libFuzzer targets" OFF)
option(WAYMARK_TESTS "Build the tests" ON)

add_library(waymark_options INTERFACE)
target_compile_options(waymark_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Wold-style-cast -Wimplicit-fallthrough -Wextra-semi -Wunused -Woverloaded-virtual
  -fstack-protector-strong)
target_compile_definitions(waymark_options INTERFACE
  WAYMARK_VERSION="${PROJECT_VERSION}" BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_NO_TS_EXECUTORS SPDLOG_FMT_EXTERNAL)
target_include_directories(waymark_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_link_options(waymark_options INTERFACE -fuse-ld=lld-19)

if(WAYMARK_SANITIZE)
  target_compile_options(waymark_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer -fsanitize-address-use-after-scope)
  target_link_options(waymark_options INTERFACE -fsanitize=address,undefined)
endif()
if(WAYMARK_THREAD_SANITIZE)
  target_compile_options(waymark_options INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
  target_link_options(waymark_options INTERFACE -fsanitize=thread)
endif()
if(WAYMARK_FUZZ)
  target_compile_options(waymark_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_definitions(waymark_options INTERFACE _FORTIFY_SOURCE=2)
  target_link_options(waymark_options INTERFACE -Wl,-z,relro,-z,now)
endif()

# Programs share the libraries' precompiled header, which fits only code made with the same flag: -fPIC for both.
set(CMAKE_CXX_COMPILE_OPTIONS_PIE ${CMAKE_CXX_COMPILE_OPTIONS_PIC})
