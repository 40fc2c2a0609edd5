# Every library of the product, found in one place. Their Debian packages are named in packaging/packages.txt.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(OpenSSL REQUIRED)
find_package(CURL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(PostgreSQL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
pkg_check_modules(liboath REQUIRED IMPORTED_TARGET liboath)
pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(fido2 REQUIRED IMPORTED_TARGET libfido2)
pkg_check_modules(maxminddb REQUIRED IMPORTED_TARGET libmaxminddb)
find_package(prometheus-cpp REQUIRED)


# libcbor ships no pkg-config file in Debian 12.
find_library(CBOR_LIBRARY cbor REQUIRED)
add_library(cbor_system INTERFACE)
target_link_libraries(cbor_system INTERFACE ${CBOR_LIBRARY})
add_library(PkgConfig::cbor ALIAS cbor_system)

# The archive, so that its calls of mmap are the linker's to hand to us: src/platform/hash_memory.hpp says why. Whoever else
# calls mmap needs our side of it too, in programs that hash nothing.
pkg_check_modules(sodium REQUIRED libsodium)
find_library(SODIUM_ARCHIVE libsodium.a REQUIRED)
add_library(sodium_archive INTERFACE)
target_link_libraries(sodium_archive INTERFACE ${SODIUM_ARCHIVE})
target_link_options(sodium_archive INTERFACE LINKER:--wrap=mmap LINKER:--wrap=munmap LINKER:--undefined=__wrap_mmap)
add_library(PkgConfig::sodium ALIAS sodium_archive)

# libzxcvbn ships neither a CMake nor a pkg-config file.
add_library(zxcvbn_system INTERFACE)
find_library(ZXCVBN_LIBRARY zxcvbn REQUIRED)
target_link_libraries(zxcvbn_system INTERFACE ${ZXCVBN_LIBRARY})
add_library(PkgConfig::zxcvbn ALIAS zxcvbn_system)
