# The programs of tests/bench: a *_bench.cpp each, with what they share in tests/bench/support. Built only when asked for.
file(GLOB bench_support CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/bench/support/*.cpp)
add_library(waymark_bench_support STATIC EXCLUDE_FROM_ALL ${bench_support})
target_include_directories(waymark_bench_support PUBLIC ${CMAKE_SOURCE_DIR}/tests/bench)
target_link_libraries(waymark_bench_support PUBLIC waymark_app)
target_precompile_headers(waymark_bench_support REUSE_FROM waymark_precompiled)

add_custom_target(bench_programs)
file(GLOB benches CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/bench/*_bench.cpp)
foreach(bench IN LISTS benches)
  get_filename_component(target ${bench} NAME_WE)
  add_executable(${target} EXCLUDE_FROM_ALL ${bench})
  target_link_libraries(${target} PRIVATE waymark_bench_support)
  target_precompile_headers(${target} REUSE_FROM waymark_precompiled)
  add_dependencies(bench_programs ${target})
endforeach()
# Signs as an authenticator would.
target_sources(passkey_bench PRIVATE ${CMAKE_SOURCE_DIR}/tests/support/scripted_passkey.cpp)
target_include_directories(passkey_bench PRIVATE ${CMAKE_SOURCE_DIR}/tests)
