#include <doctest/doctest.h>

#include "tests/apps/tool.hpp"

namespace {

using nlohmann::json;
using tool_test::Folder;
using tool_test::Outcome;

TEST_CASE("every example of the catalogue is a right document") {
  const Folder folder;
  std::size_t examples = 0;
  for (const json& item : folder.skein({"list", "--json"}).json()) {
    const std::string name = item.at("name");
    const std::string category = item.at("category");
    CAPTURE(name);
    CAPTURE(category);
    const Outcome outcome = folder.skein({"describe", name, "--kind", category, "--json"});
    REQUIRE(outcome.code == 0);
    const json details = outcome.json();
    for (const auto& [key, value] : item.items()) CHECK(details.at(key) == value);
    // What these two compute has to be given.
    const bool is_open = category == "problem" && (name == "expression" || name == "external_program");
    const bool is_named = category != "encoding" && category != "plugin" && !is_open;
    CHECK(details.at("example_document").is_null() == !is_named);
    if (!is_named) continue;
    ++examples;
    folder.write("example.json", details.at("example_document").dump());
    const Outcome validated = folder.skein({"validate", "example.json"});
    CHECK_MESSAGE(validated.code == 0, validated.err);
    CHECK_FALSE(validated.says("warning"));
    if (category != "operator" && category != "role") continue;
    CHECK(details.at("example_document").at("nodes").at(name) == details.at("example"));
  }
  CHECK(examples >= 60);
}

TEST_CASE("describe lays out ports, parameters and an example") {
  const Folder folder;
  CHECK(folder.skein({"describe", "increment"}).out ==
        "increment: step operator of plugin operators, revision 1\n"
        "  adds to a counter\n"
        "\n"
        "ports\n"
        "  inout  value  integer             the counter\n"
        "  in     by     integer  default 1  what is added; may be negative\n"
        "\n"
        "example\n"
        "  {\"operator\": \"increment\", \"inout\": {\"value\": \"value\"}}\n"
        "\n"
        "in a document\n"
        "  {\n"
        "    \"format\": \"skein/1\",\n"
        "    \"graph\": \"example\",\n"
        "    \"ports\": {\"inout\": {\"value\": \"integer\"}},\n"
        "    \"nodes\": {\"increment\": {\"operator\": \"increment\", \"inout\": {\"value\": \"value\"}}},\n"
        "    \"flow\": [\"increment\"]\n"
        "  }\n");
  CHECK(folder.skein({"describe", "operators:increment"}).out == folder.skein({"describe", "increment"}).out);
}

TEST_CASE("describe says for which numbers a port is meant") {
  const Folder folder;
  CHECK(folder.skein({"describe", "square_root"}).out.find("at least 0, or one for all") != std::string::npos);
  CHECK(folder.skein({"describe", "logarithm"}).out.find("above 0, or one for all") != std::string::npos);
  const json value = folder.skein({"describe", "logarithm", "--json"}).json().at("ports").at(0);
  CHECK(value.at("minimum") == 0);
  CHECK(value.at("exclusive_minimum") == true);
  CHECK_FALSE(value.contains("maximum"));
}

TEST_CASE("describe says what a role, a graph and a problem are made of") {
  const Folder folder;
  const auto says = [&folder](const char* name, const char* kind, const std::string& text) {
    const std::string out = folder.skein({"describe", name, "--kind", kind}).out;
    CHECK_MESSAGE(out.find(text) != std::string::npos, out);
  };
  says("swarm_updater", "role", "\nfulfilled by\n  remember_bests\n");
  says("particle_swarm", "algorithm", "  main loop  graph particle_swarm_main_loop\n");
  says("particle_swarm", "algorithm",
       "  topology_initializer                             optional, default von_neumann");
  says("particle_swarm", "plugin",
       "\nalgorithms\n  fully_informed_swarm\n  multi_objective_particle_swarm\n  particle_swarm\n");
  says("rastrigin", "problem", "  dimension  integer  default 2, at least 1, at most 1000000");
  says("rastrigin", "problem", "\"best_known\": 0.0");
  says("real_vector", "encoding", "  particle_updater         inertia_weight\n");
}

TEST_CASE("a plugin is described where nothing else has its name") {
  const Folder folder;
  CHECK(folder.skein({"describe", "particle_swarm", "--json"}).json().at("category") == "algorithm");
  CHECK(folder.skein({"describe", "particle_swarm", "--kind", "plugin", "--json"}).json().at("category") == "plugin");
  CHECK(folder.skein({"describe", "test_functions", "--json"}).json().at("category") == "plugin");
}

TEST_CASE("a name that is unknown or has another kind is refused") {
  const Folder folder;
  const Outcome unknown = folder.skein({"describe", "incremen"});
  CHECK(unknown.code == 2);
  CHECK(unknown.says("there is nothing with the name 'incremen'"));
  CHECK(unknown.says("suggestion: increment"));
  const Outcome elsewhere = folder.skein({"describe", "sphere", "--kind", "role"});
  CHECK(elsewhere.code == 2);
  CHECK(elsewhere.says("--kind problem"));
  const Outcome kind = folder.skein({"describe", "sphere", "--kind", "problms", "--json"});
  CHECK(kind.code == 2);
  CHECK(kind.json().at("diagnostics").at(0).at("suggestion") == "problem");
}

}  // namespace
