// Plugins that need others.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/plugin_loader/workshop.hpp"

namespace {

using loader_test::check_golden;
using loader_test::check_refusal;
using loader_test::Loaded;
using loader_test::said_of;
using loader_test::Workshop;
using Names = std::vector<std::string>;

TEST_CASE("a plugin whose dependency is missing is refused") {
  const Workshop workshop;
  check_refusal(workshop, workshop.copy("needs_missing"), "needs_missing");
}

TEST_CASE("a plugin whose dependency has another version is refused") {
  const Workshop workshop;
  check_refusal(workshop, workshop.make({.name = "needs_newer", .dependencies = "good >=1.1 <2"}), "needs_newer");
}

TEST_CASE("a plugin whose dependency was refused is refused") {
  const Workshop workshop;
  workshop.copy("good");
  workshop.copy("register_throws");
  workshop.make({.name = "needs_refused", .dependencies = "good, register_throws"});
  workshop.make({.name = "needs_that", .dependencies = "needs_refused"});
  const Loaded loaded(workshop.searched());
  CHECK(loaded.names() == "good");
  check_golden(said_of(loaded, workshop), "needs_refused");
}

TEST_CASE("a plugin that is refused does not keep its name") {
  const Workshop workshop;
  SUBCASE("from another of that name") {
    workshop.make({.name = "twin", .version = "2.0", .dependencies = "missing"}, "a.so");
    workshop.make({.name = "twin", .version = "1.0"}, "b.so");
    workshop.make({.name = "twin", .version = "3.0"}, "c.so");
    workshop.make({.name = "needs_twin", .dependencies = "twin >=1"});
    const Loaded loaded(workshop.searched());
    CHECK(loaded.names() == "twin needs_twin");
    CHECK(loaded.registry().find_report("twin")->version == "1.0");
    check_golden(said_of(loaded, workshop), "refused_twin");
  }
  SUBCASE("from a shipped one") {
    workshop.make({.name = "real_vector", .dependencies = "missing"});
    skein::PluginSources sources = workshop.searched();
    sources.directories.push_back(skein::shipped_plugin_directory());
    const Loaded loaded(sources);
    CHECK(loaded.names() ==
          "operators real_vector atom_clusters engineering_designs expression external_program particle_swarm "
          "test_functions");
    CHECK(loaded.codes() == Names{"plugin-dependency"});
  }
}

TEST_CASE("a plugin that is refused does not keep its role") {
  const Workshop workshop;
  SUBCASE("when it needs what is missing") { workshop.copy("role_without_support"); }
  SUBCASE("when it needs one that needs what is missing") {
    workshop.make({.name = "no_such_plugin", .dependencies = "missing"});
    workshop.copy("role_without_support");
  }
  workshop.make({.name = "wanted_role"});
  const Loaded loaded(workshop.searched());
  CHECK(loaded.names() == "wanted_role");
  CHECK(loaded.registry().find_role("wanted_role") != nullptr);
  for (const std::string& code : loaded.codes()) CHECK(code == "plugin-dependency");
}

TEST_CASE("plugins that depend on each other in a circle are refused by name") {
  const Workshop workshop;
  workshop.copy("good");
  workshop.make({.name = "first", .dependencies = "good, second"});
  workshop.make({.name = "second", .dependencies = "third"});
  workshop.make({.name = "third", .dependencies = "first, good"});
  workshop.make({.name = "needs_first", .dependencies = "first"});
  workshop.make({.name = "self", .dependencies = "self"});
  const Loaded loaded(workshop.searched());
  CHECK(loaded.names() == "good");
  check_golden(said_of(loaded, workshop), "cycle");
}

TEST_CASE("plugins are loaded after those that they need, else in the order of their files") {
  const Workshop workshop;
  const Names files = {workshop.make({.name = "z"}), workshop.make({.name = "d", .dependencies = "a"}),
                       workshop.make({.name = "a", .dependencies = "c >=1, b"}), workshop.make({.name = "c"}),
                       workshop.make({.name = "b"})};
  CHECK(Loaded(workshop.searched()).names() == "c b a d z");
  CHECK(Loaded(Workshop::asked_for(files)).names() == "z c b a d");
}

TEST_CASE("whatever the order of the files, the same plugins are refused") {
  const Workshop workshop;
  Names files = {workshop.copy("good"), workshop.copy("needs_missing"),
                 workshop.make({.name = "one", .dependencies = "good"}),
                 workshop.make({.name = "two", .dependencies = "needs_missing"}),
                 workshop.make({.name = "three", .dependencies = "one >=2"})};
  std::ranges::sort(files);
  do {
    const Loaded loaded(Workshop::asked_for(files));
    Names plugins = loaded.registry().plugins();
    CHECK(std::ranges::find(plugins, "good") < std::ranges::find(plugins, "one"));
    std::ranges::sort(plugins);
    CHECK(plugins == Names{"good", "one"});
    Names codes = loaded.codes();
    CHECK(codes == Names(3, "plugin-dependency"));
    std::rotate(files.begin(), files.begin() + 1, files.end());
  } while (!std::ranges::is_sorted(files));
}

TEST_CASE("a second call finds the plugins of the first and tries again what was refused") {
  const Workshop workshop;
  const std::string needs = workshop.make({.name = "needs", .dependencies = "comes_later >=1"});
  Loaded loaded(Workshop::asked_for({workshop.copy("good"), needs}));
  CHECK(loaded.names() == "good");
  CHECK(loaded.codes() == Names{"plugin-dependency"});

  skein::Diagnostics again;
  loaded.session.load_plugins(workshop.searched(), again);
  CHECK(loaded.names() == "good");
  CHECK(loaded.registry().plugin_reports().size() == 2);
  REQUIRE(again.items().size() == 1);
  CHECK(again.items()[0].severity == skein::Severity::warning);

  workshop.make({.name = "comes_later"});
  skein::Diagnostics at_last;
  loaded.session.load_plugins(workshop.searched(), at_last);
  CHECK(at_last.empty());
  CHECK(loaded.names() == "good comes_later needs");
  CHECK(loaded.registry().plugin_reports().size() == 3);
  for (const skein::PluginReport& report : loaded.registry().plugin_reports()) {
    CHECK(report.state == skein::PluginState::loaded);
  }
  CHECK(loaded.registry().refused_with("needs") == nullptr);
}

TEST_CASE("a plugin that needs one that an earlier call refused says so") {
  const Workshop workshop;
  Loaded loaded(Workshop::asked_for({workshop.copy("register_throws")}));
  skein::Diagnostics diagnostics;
  loaded.session.load_plugins(Workshop::asked_for({workshop.make({.name = "x", .dependencies = "register_throws"})}),
                              diagnostics);
  REQUIRE(diagnostics.items().size() == 1);
  CHECK(diagnostics.items()[0].message == "The plugin needs 'register_throws', which was refused itself.");
}

TEST_CASE("a file that changes after it was loaded is let alone") {
  const Workshop workshop;
  workshop.copy("good");
  Loaded loaded(workshop.searched());
  // Another file in its place: the one that is loaded must not be written over.
  std::filesystem::remove(workshop.path("good.so"));
  workshop.write("good.so", "no plugin any more");
  skein::Diagnostics diagnostics;
  loaded.session.load_plugins(workshop.searched(), diagnostics);
  CHECK(diagnostics.empty());
  CHECK(loaded.registry().plugin_reports().size() == 1);
}

}  // namespace
