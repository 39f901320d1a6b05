// What plugins register: wrong things, and things that others have too.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

#include "tests/plugin_loader/workshop.hpp"

namespace {

using loader_test::check_golden;
using loader_test::check_refusal;
using loader_test::Loaded;
using loader_test::said_of;
using loader_test::Workshop;

TEST_CASE("a plugin that registers something wrong is refused whole") {
  const Workshop workshop;
  const auto check = [&](const std::string& plugin) { check_refusal(workshop, workshop.copy(plugin), plugin); };
  SUBCASE("throws half way") { check("register_throws"); }
  SUBCASE("throws without words") { check("register_throws_nothing_known"); }
  SUBCASE("crashes") { check("register_crashes"); }
  SUBCASE("one name twice") { check("same_name_twice"); }
  SUBCASE("a graph that cannot be read") { check("bad_graph"); }
  SUBCASE("under another name") { check("other_name"); }
  SUBCASE("under no name") { check("new_registry"); }
}

TEST_CASE("the report of a refused plugin says what it would have brought") {
  const Workshop workshop;
  const std::string file = workshop.copy("register_throws");
  const Loaded loaded(workshop.searched());
  const skein::PluginReport* report = loaded.report_of(file);
  REQUIRE(report != nullptr);
  CHECK(report->name == "register_throws");
  CHECK(report->version == "1.0.0");
  CHECK(report->summary == "for tests");
  CHECK(report->licence == "MIT");
  for (const char* name : {"half_way", "half_role", "half_problem", "half_graph"}) {
    CAPTURE(name);
    CHECK(report->has(name));
    CHECK(loaded.registry().refused_with(name) == report);
  }
}

TEST_CASE("descriptors with words that nobody can use are refused") {
  const Workshop workshop;
  SUBCASE("no name") { check_refusal(workshop, workshop.make({.name = ""}, "no_name.so"), "no_name"); }
  SUBCASE("bad name") { check_refusal(workshop, workshop.make({.name = "My Plugin!"}, "bad_name.so"), "bad_name"); }
  SUBCASE("name with control characters") {
    check_refusal(workshop, workshop.make({.name = "a\n\x1b[31m"}, "control_name.so"), "control_name");
  }
  SUBCASE("no version") { check_refusal(workshop, workshop.make({.name = "no_version", .version = ""}), "no_version"); }
  SUBCASE("bad version") {
    check_refusal(workshop, workshop.make({.name = "bad_version", .version = "1.0-beta"}), "bad_version");
  }
  SUBCASE("bad dependencies") {
    check_refusal(workshop, workshop.make({.name = "bad_range", .dependencies = "operators ~1.0"}), "bad_range");
  }
  SUBCASE("everything") {
    check_refusal(workshop, workshop.make({.name = "A B", .version = "new", .dependencies = ","}, "all_bad.so"),
                  "all_bad");
  }
}

TEST_CASE("of two plugins with one name the first is taken") {
  const Workshop workshop;
  const std::string first = workshop.make({.name = "twin", .version = "1.0"}, "a.so");
  const std::string second = workshop.make({.name = "twin", .version = "2.0"}, "b.so");
  const Loaded searched(workshop.searched());
  CHECK(searched.report_of(first)->state == skein::PluginState::loaded);
  CHECK(searched.report_of(second)->state == skein::PluginState::refused);
  CHECK(searched.registry().find_report("twin")->version == "1.0");
  CHECK(searched.report_of(second)->has("twin"));
  check_golden(said_of(searched, workshop), "twin");

  const Loaded asked_for(Workshop::asked_for({second, first}));
  CHECK(asked_for.registry().find_report("twin")->version == "2.0");
}

TEST_CASE("a plugin cannot have the name of what the program itself registered") {
  const Workshop workshop;
  workshop.make({.name = "mine"});
  workshop.make({.name = "host"});
  workshop.make({.name = "needs_mine", .dependencies = "mine >=1"});
  skein::Session session;
  session.registry().begin_plugin("mine");
  session.registry().add(skein::RoleSpec{"mine", "for tests", {}});
  skein::Diagnostics diagnostics;
  session.load_plugins(workshop.searched(), diagnostics);
  CHECK(session.registry().plugins() == std::vector<std::string>{"mine", "needs_mine"});
  CHECK(diagnostics.items().size() == 2);
  for (const skein::Diagnostic& finding : diagnostics.items()) CHECK(finding.code == "plugin-given-twice");
}

TEST_CASE("an operator of a name that another plugin has is loaded with a warning") {
  const Workshop workshop;
  workshop.copy("shared_name");
  skein::PluginSources sources = workshop.searched();
  sources.directories.push_back(skein::shipped_plugin_directory());
  Loaded loaded(sources);
  REQUIRE(loaded.has_loaded("shared_name"));
  REQUIRE(loaded.has_loaded("particle_swarm"));
  check_golden(said_of(loaded, workshop), "shared_name");
  CHECK(loaded.registry().find_operator("increment") == nullptr);
  CHECK(loaded.registry().find_operator("shared_name:increment") != nullptr);
  CHECK(loaded.registry().find_operator("operators:increment") != nullptr);
  CHECK(loaded.registry().candidates("increment").size() == 2);

  // All shipped algorithms still mean their own.
  for (const char* algorithm : {"particle_swarm", "particle_swarm_elementary", "spso_2007", "spso_2011"}) {
    CAPTURE(algorithm);
    skein::Diagnostics diagnostics;
    const auto document = loaded.session.read_run(
        R"({"format": "skein/1", "run": "r", "algorithm": ")" + std::string(algorithm) +
            R"(", "problem": {"name": "sphere", "dimension": 3}, "seed": 1, "stop": {"iterations": 2}})",
        "run.json", diagnostics);
    REQUIRE(document);
    const auto job = loaded.session.prepare(*document, diagnostics);
    std::string said;
    for (const skein::Diagnostic& finding : diagnostics.items()) said += to_text(finding) + "\n";
    CAPTURE(said);
    CHECK(job);
  }

  // A document must say which one it means.
  const auto validate = [&](const std::string& name) {
    skein::Diagnostics diagnostics;
    const bool is_right = loaded.session.validate(
        R"({"format": "skein/1", "graph": "g", "nodes": {"a": {"operator": ")" + name + R"("}}, "flow": ["a"]})",
        "graph.json", diagnostics);
    std::string said;
    for (const skein::Diagnostic& finding : diagnostics.items()) said += to_text(finding) + "\n";
    CAPTURE(said);
    if (!is_right) CHECK(diagnostics.items().front().code == "ambiguous-name");
    return is_right;
  };
  CHECK_FALSE(validate("increment"));
  CHECK(validate("shared_name:increment"));
}

TEST_CASE("a plugin with a role that another plugin has is refused, and never the shipped one") {
  const Workshop workshop;
  const std::string file = workshop.make({.name = "evaluator"});
  workshop.make({.name = "needs_it", .dependencies = "evaluator"});
  skein::PluginSources sources = workshop.searched();
  sources.directories.push_back(skein::shipped_plugin_directory());
  const Loaded together(sources);
  CHECK(together.names() ==
        "operators real_vector atom_clusters engineering_designs expression external_program particle_swarm "
        "test_functions");
  CHECK(together.registry().find_role("evaluator") != nullptr);
  check_golden(said_of(together, workshop), "taken_role");

  Loaded later(Workshop::asked_for({}));
  skein::Diagnostics diagnostics;
  sources.directories = {skein::shipped_plugin_directory()};
  later.session.load_plugins(sources, diagnostics);
  CHECK(diagnostics.empty());
  later.session.load_plugins(Workshop::asked_for({file}), diagnostics);
  REQUIRE(diagnostics.error_count() == 1);
  CHECK(diagnostics.items()[0].code == "name-given-twice");
}

TEST_CASE("a plugin with an object type that another plugin has is refused, and never the shipped one") {
  const Workshop workshop;
  const std::string file = workshop.copy("taken_object_type");
  skein::PluginSources sources = workshop.searched();
  sources.directories.push_back(skein::shipped_plugin_directory());
  const Loaded loaded(sources);
  CHECK(loaded.names() ==
        "operators real_vector atom_clusters engineering_designs expression external_program particle_swarm "
        "test_functions");
  CHECK(loaded.report_of(file)->has("neighborhood"));
  CHECK(static_cast<bool>(loaded.registry().find_object_type("neighborhood")));
  check_golden(said_of(loaded, workshop), "taken_object_type");
}

TEST_CASE("operators of one type name in two plugins are two operators") {
  const Workshop workshop;
  workshop.copy("same_types_first");
  workshop.copy("same_types_second");
  const Loaded loaded(workshop.searched());
  REQUIRE(loaded.has_loaded("same_types_first"));
  REQUIRE(loaded.has_loaded("same_types_second"));
  const skein::OperatorTable* second = loaded.registry().find_operator("same_types_second:do_second");
  REQUIRE(second != nullptr);
  CHECK(second->summary == "the second");
}

}  // namespace
