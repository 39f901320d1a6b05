// Plugins for another Skein, and plugins that change how numbers are computed.
#include <doctest/doctest.h>

#include <cfenv>
#include <string>
#include <thread>

#include "tests/plugin_loader/workshop.hpp"

namespace {

using loader_test::check_copy_is_refused;
using loader_test::check_golden;
using loader_test::Loaded;
using loader_test::said_of;
using loader_test::Workshop;

TEST_CASE("a plugin that was built for another version of Skein is refused") {
  SUBCASE("another major") { check_copy_is_refused("other_api_major"); }
  SUBCASE("a newer minor") { check_copy_is_refused("newer_api_minor"); }
  SUBCASE("a descriptor that is too short") { check_copy_is_refused("short_descriptor"); }
}

TEST_CASE("a plugin whose descriptor ends with the fields of API 1.0 is loaded") {
  const Workshop workshop;
  workshop.copy("shortest_descriptor");
  const Loaded loaded(workshop.searched());
  CHECK(loaded.has_loaded("shortest_descriptor"));
  CHECK(loaded.diagnostics.empty());
}

TEST_CASE("a plugin with other containers is refused") { check_copy_is_refused("debug_containers"); }

bool computes_as_ever() {
  const volatile double tiny = 1e-310;
  const volatile double half = 0.5;
  const volatile double third = 3.0;
  return tiny * half != 0.0 && 1.0 / third == 0x1.5555555555555p-2 && std::fegetround() == FE_TONEAREST;
}

TEST_CASE("a plugin that changes how numbers are computed is warned of and changes nothing") {
  const Workshop workshop;
  workshop.copy("fast_arithmetic");
  REQUIRE(computes_as_ever());
  const Loaded loaded(workshop.searched());
  CHECK(computes_as_ever());
  bool elsewhere = false;
  std::thread([&] { elsewhere = computes_as_ever(); }).join();
  CHECK(elsewhere);
  CHECK(loaded.has_loaded("fast_arithmetic"));
  check_golden(said_of(loaded, workshop), "fast_arithmetic");
}

}  // namespace
