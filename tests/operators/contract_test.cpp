#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "operators/all.hpp"
#include "skein/local_search.hpp"
#include "skein/operators.hpp"
#include "skein/registry.hpp"
#include "tests/support/contract.hpp"

using namespace skein;
using namespace skein::testing;

TEST_CASE("every operator keeps the contract") {
  Registry registry;
  registry.begin_plugin("operators");
  register_operators(registry);
  register_memory_operators(registry);
  register_local_search(registry);
  REQUIRE(registry.diagnostics().empty());
  CHECK(registry.operators().size() >= 50);

  for (const auto& entry : registry.operators()) {
    // What binds lists of what frames have is not run by itself, see tests/plugins/islands_test.cpp.
    if (std::ranges::any_of(entry.content->ports,
                            [](const PortSpec& port) { return port.variadic && !port.optional; })) {
      continue;
    }
    ContractInput input;
    input.domains["lower"] = {-3, -1};
    input.domains["upper"] = {1, 3};
    if (entry.name == "resize_population") input.parameters["rows"] = 3;
    check_contract(*entry.content, input);
  }
}

TEST_CASE("every operator stands in the document on operators") {
  Registry registry;
  registry.begin_plugin("operators");
  register_operators(registry);
  register_memory_operators(registry);
  register_local_search(registry);
  std::ifstream file(SKEIN_SOURCE_DIR "/docs/operators.md");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  for (const auto& entry : registry.operators()) {
    CAPTURE(entry.name);
    CHECK(text.find("\n| `" + entry.name + "` |") != std::string::npos);
  }
}

TEST_CASE("every role is documented") {
  Registry registry;
  registry.begin_plugin("operators");
  register_operators(registry);
  register_memory_operators(registry);
  register_local_search(registry);
  CHECK(registry.roles().size() == 25);
  for (const auto& entry : registry.roles()) {
    CAPTURE(entry.name);
    CHECK_FALSE(entry.content->summary.empty());
    for (const RolePort& port : entry.content->ports) {
      CAPTURE(port.name);
      CHECK_FALSE(port.summary.empty());
      CHECK(parse_type(port.type).has_value());
    }
  }
}

TEST_CASE("an operator has the ports that its roles require") {
  Registry registry;
  registry.begin_plugin("operators");
  register_operators(registry);
  register_memory_operators(registry);
  register_local_search(registry);
  for (const auto& entry : registry.operators()) {
    CAPTURE(entry.name);
    for (const std::string_view role_name : entry.content->roles) {
      const RoleSpec* role = registry.find_role(role_name);
      REQUIRE(role != nullptr);
      for (const RolePort& port : role->ports) {
        if (!port.required) continue;
        CAPTURE(port.name);
        bool found = false;
        for (const PortSpec& own : entry.content->ports) found = found || own.name == port.name;
        CHECK(found);
      }
    }
  }
}
