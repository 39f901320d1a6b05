#include <doctest/doctest.h>

#include "tests/apps/tool.hpp"
#include "tests/support/sanitizer.hpp"

namespace {

using nlohmann::json;
using tool_test::Folder;
using tool_test::Outcome;

TEST_CASE("every example of the catalogue is a right document") {
  const Folder folder;
  std::size_t examples = 0;
  std::size_t place = 0;
  for (const json& item : folder.skein({"list", "--json"}).json()) {
    if (place++ % (skein::tests::is_sanitized ? 15 : 1) != 0) continue;  // minutes otherwise
    const std::string name = item.at("name");
    const std::string category = item.at("category");
    CAPTURE(name);
    CAPTURE(category);
    const Outcome outcome = folder.skein({"describe", name, "--kind", category, "--json"});
    REQUIRE(outcome.code == 0);
    const json details = outcome.json();
    for (const auto& [key, value] : item.items()) CHECK(details.at(key) == value);
    const bool is_named = category != "encoding" && category != "plugin";
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
  CHECK(examples >= (skein::tests::is_sanitized ? 12 : 60));
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

TEST_CASE("describe says what an operator calls") {
  const Folder folder;
  const std::string out = folder.skein({"describe", "local_search", "--kind", "operator"}).out;
  CHECK_MESSAGE(
      out.find("\n\ncalls\n  evaluate  role evaluator  evaluates what the searches ask for\n\nparameters\n") !=
          std::string::npos,
      out);
  const json details = folder.skein({"describe", "local_search", "--kind", "operator", "--json"}).json();
  CHECK(
      details.at("calls") ==
      json::parse(R"([{"name": "evaluate", "role": "evaluator", "summary": "evaluates what the searches ask for"}])"));
  CHECK(folder.skein({"describe", "increment", "--json"}).json().at("calls").empty());
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
       "\nalgorithms\n  fully_informed_swarm\n  island_particle_swarm\n  multi_objective_particle_swarm\n  "
       "particle_swarm\n");
  says("rastrigin", "problem", "  dimension  integer  default 2, at least 1, at most 1000000");
  says("rastrigin", "problem", "\"best_known\": 0.0");
  says("real_vector", "encoding", "  particle_updater         inertia_weight\n");
}

TEST_CASE("an algorithm is described with a problem, also with one that needs parameters") {
  const Folder folder;
  const auto described = [&folder](const std::string& problem) {
    const Outcome outcome = folder.skein({"describe", "particle_swarm", "--problem", problem, "--json"});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    return outcome.json();
  };
  for (const std::string problem : {"knapsack", "expression", "external_program", "gear_train"}) {
    CAPTURE(problem);
    const json details = described(problem);
    CHECK(details.at("example_document").at("problem").at("name") == problem);
    CHECK(details.at("choices").size() > 10);
  }
  CHECK(described("expression").at("problem_parameters").at("objective") == "sum(x[i]^2)");
  CHECK_FALSE(described("knapsack").contains("problem_parameters"));
  const Outcome text = folder.skein({"describe", "particle_swarm", "--problem", "expression"});
  CHECK(text.out.find("\nwhat fits on expression with the parameters of its example, "
                      "{\"objective\": \"sum(x[i]^2)\"}\n") != std::string::npos);
  CHECK(folder.skein({"describe", "expression"}).out.find("made as in its example") != std::string::npos);
}

TEST_CASE("describe says which roles a graph fills, and which graphs fill a role") {
  const Folder folder;
  CHECK(folder.skein({"describe", "constriction"}).out.find("  fulfils: particle_updater\n") != std::string::npos);
  CHECK(folder.skein({"describe", "rounding_mutation", "--json"}).json().at("roles") == json({"mutation", "neighbor"}));
  const json role = folder.skein({"describe", "bounds_handling", "--kind", "role", "--json"}).json();
  CHECK(role.at("fulfilled_by").back() == "clamp_and_stop_elementary");
}

TEST_CASE("what stands in a slot by default and does not fit is said not to fit") {
  const Folder folder;
  const Outcome outcome = folder.skein({"describe", "spso_2007", "--problem", "knapsack"});
  CHECK(outcome.code == 0);
  CHECK(outcome.out.find("spso_2007_updater (default)  ") != std::string::npos);
  const json details = folder.skein({"describe", "spso_2007", "--problem", "knapsack", "--json"}).json();
  for (const json& slot : details.at("choices")) {
    if (slot.at("slot") != "particle_updater") continue;
    CHECK(slot.at("default") == "spso_2007_updater");
    for (const json& name : slot.at("fits")) CHECK(name != "spso_2007_updater");
    CHECK(slot.at("fits").at(0) == "kennedy_eberhart_updater");
  }
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
