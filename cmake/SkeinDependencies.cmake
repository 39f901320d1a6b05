# Third-party libraries. All of them are private: no public header may include one (tests/architecture checks it).

# TBB's package asks for threads without saying which.
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(TBB 2021 REQUIRED CONFIG)
find_package(Boost 1.74 REQUIRED CONFIG)
find_package(nlohmann_json 3.11 REQUIRED CONFIG)
find_package(fmt 9 REQUIRED CONFIG)
find_package(CLI11 2 REQUIRED CONFIG)
find_package(hwy 1.0.3 REQUIRED CONFIG)
find_package(NLopt 2.7 REQUIRED CONFIG)

# Random123 is headers only and ships no CMake package.
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)
mark_as_advanced(RANDOM123_INCLUDE_DIR)
add_library(Random123::Random123 INTERFACE IMPORTED)
target_include_directories(Random123::Random123 INTERFACE ${RANDOM123_INCLUDE_DIR})

if(BUILD_TESTING)
  find_package(doctest 2.4 REQUIRED CONFIG)
endif()
