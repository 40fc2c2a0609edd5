# Everything the binary carries: built assets, migrations, locales and the shipped catalogue, as one read-only table
# (src/platform/embedded.hpp). assets/build.mjs writes the built assets to assets/dist before this runs.
file(GLOB_RECURSE embedded_inputs CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
  ${CMAKE_SOURCE_DIR}/migrations/*.sql ${CMAKE_SOURCE_DIR}/locales/*.json ${CMAKE_SOURCE_DIR}/catalogue/*.json
  ${CMAKE_SOURCE_DIR}/catalogue/us/help/*.md ${CMAKE_SOURCE_DIR}/catalogue/*.ndjson ${CMAKE_SOURCE_DIR}/catalogue/*.txt ${CMAKE_SOURCE_DIR}/catalogue/*.svg
  ${CMAKE_SOURCE_DIR}/assets/dist/* ${CMAKE_SOURCE_DIR}/assets/data/* ${CMAKE_SOURCE_DIR}/docs/*.openapi.json)
list(SORT embedded_inputs COMPARE STRING)

set(embedded_assembly ".section .rodata\n")
set(embedded_table "#include \"platform/embedded.hpp\"\n\nextern \"C\" {\n")
set(embedded_rows "")
set(embedded_absolute "")
set(index 0)
foreach(input IN LISTS embedded_inputs)
  set(symbol "waymark_embedded_${index}")
  string(APPEND embedded_assembly
    ".balign 16\n.global ${symbol}\n${symbol}:\n.incbin \"${CMAKE_SOURCE_DIR}/${input}\"\n"
    ".global ${symbol}_end\n${symbol}_end:\n.byte 0\n")
  string(APPEND embedded_table "extern const char ${symbol}[], ${symbol}_end[];\n")
  string(APPEND embedded_rows
    "      {\"${input}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
  list(APPEND embedded_absolute ${CMAKE_SOURCE_DIR}/${input})
  math(EXPR index "${index} + 1")
endforeach()
string(APPEND embedded_assembly ".section .note.GNU-stack,\"\",@progbits\n")
string(APPEND embedded_table "}\n\nnamespace waymark {\n\nstd::span<const EmbeddedFile> embedded_files() {\n"
  "  static const EmbeddedFile files[] = {\n${embedded_rows}  };\n  return files;\n}\n\n}  // namespace waymark\n")

# Written only when changed, so that a build without news does nothing.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/embedded_files.S CONTENT "${embedded_assembly}" @ONLY)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/embedded_table.cpp CONTENT "${embedded_table}" @ONLY)
enable_language(ASM)
set_source_files_properties(${CMAKE_BINARY_DIR}/embedded_files.S PROPERTIES OBJECT_DEPENDS "${embedded_absolute}")
add_library(waymark_embedded STATIC ${CMAKE_BINARY_DIR}/embedded_files.S ${CMAKE_BINARY_DIR}/embedded_table.cpp)
target_include_directories(waymark_embedded PRIVATE ${CMAKE_SOURCE_DIR}/src)
