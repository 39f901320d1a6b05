// Warnings of what a document gives in vain: found where nothing depends on it, and nowhere else.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/plugins/prepared_run.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

using Paths = std::vector<std::string>;

/// The paths of all warnings of this kind.
Paths unused(const Session& session, const RunDocument& document) {
  Diagnostics diagnostics;
  const bool is_right = session.prepare(document, diagnostics).has_value();
  CHECK_MESSAGE(is_right, all_text(diagnostics));
  Paths paths;
  for (const Diagnostic& finding : diagnostics.items()) {
    if (finding.code != "unused-parameter" && finding.code != "unused-slot") continue;
    CHECK(finding.severity == Severity::warning);
    paths.push_back(finding.path);
  }
  return paths;
}

Paths unused(const Session& session, const std::string& parameters, const std::string& slots,
             const std::string& problem = R"({"name": "sphere", "dimension": 3})",
             const std::string& algorithm = "particle_swarm") {
  Diagnostics diagnostics;
  const auto document = session.read_run(R"({"format": "skein/1", "run": "test", "algorithm": {"name": ")" + algorithm +
                                             R"(", "parameters": {)" + parameters + R"(}, "slots": {)" + slots +
                                             R"(}}, "problem": )" + problem + R"(, "stop": {"iterations": 5}})",
                                         "test.json", diagnostics);
  REQUIRE(document.has_value());
  return unused(session, *document);
}

const std::string all_parameters =
    R"("swarm_size": 30, "asynchronous": false, "inertia": 0.6, "personal_best_attraction": 1.2,
       "neighbor_best_attraction": "= 1 + 0.3", "velocity_limit": 2, "component_limit": 1)";

}  // namespace

TEST_CASE("unused parameters are those that the updater has no use for") {
  const Session session = full_session();
  const auto parameters = [&](const std::string& updater, const std::string& problem) {
    Paths paths = unused(session, all_parameters, R"("particle_updater": )" + updater, problem);
    for (std::string& path : paths) path = path.substr(path.rfind('/') + 1);
    return paths;
  };
  const std::string sphere = R"({"name": "sphere", "dimension": 3})";
  for (const char* updater : {"inertia_weight", "spso_2007_updater", "spso_2011_updater", "fully_informed_updater"}) {
    CAPTURE(std::string(updater));
    CHECK(parameters('"' + std::string(updater) + '"', sphere).empty());
  }
  CHECK(parameters(R"("comprehensive_learning_updater")", sphere) == Paths{"neighbor_best_attraction"});
  CHECK(parameters(R"("constriction")", sphere) ==
        Paths{"inertia", "personal_best_attraction", "neighbor_best_attraction"});
  CHECK(parameters(R"("bare_bones_updater")", sphere) ==
        Paths{"inertia", "personal_best_attraction", "neighbor_best_attraction", "velocity_limit", "component_limit"});
  CHECK(parameters(R"("inertia_weight_elementary")", sphere) == Paths{"velocity_limit", "component_limit"});
  CHECK(parameters(R"("rounding_updater")", R"("gear_train")").empty());
  CHECK(parameters(R"({"graph": "stochastic_rounding_updater", "slots": {"real_updater": "spso_2011_updater"}})",
                   R"("gear_train")")
            .empty());
  CHECK(parameters(R"("kennedy_eberhart_updater")", R"("one_max")") == Paths{"inertia", "velocity_limit"});
  CHECK(parameters(R"("sigmoid_updater")", R"("one_max")") == Paths{"velocity_limit"});
}

TEST_CASE("a parameter that is only shown or written down is used") {
  const Session session = full_session();
  const std::string bare_bones = R"("particle_updater": "bare_bones_updater")";
  CHECK(unused(session, R"("inertia": 0.6)", bare_bones) == Paths{"algorithm/parameters/inertia"});
  // An analyzer writes what schedules change into a history.
  CHECK(unused(session, R"("inertia": 0.6)", bare_bones + R"(, "analyzer": "schedule_values")").empty());
}

TEST_CASE("unused slots are those whose content nothing depends on") {
  const Session session = full_session();
  const std::string bare_bones = R"("particle_updater": "bare_bones_updater")";
  CHECK(unused(session, "", R"("inertia_updater": "linear_schedule")").empty());
  CHECK(unused(session, "", bare_bones + R"(, "inertia_updater": "linear_schedule")") ==
        Paths{"algorithm/slots/inertia_updater"});
  CHECK(
      unused(session, "", R"("particle_updater": "comprehensive_learning_updater", "topology_initializer": "ring")") ==
      Paths{"algorithm/slots/topology_initializer"});
  CHECK(unused(session, "", R"("topology_initializer": "ring", "bounds_handling": "clamp_and_stop",
      "velocity_initializer": "zero_velocity", "topology_updater": "multi_swarm", "analyzer": "best_average_worst_quality")")
            .empty());
  CHECK(unused(session, "", R"("topology_initializer": null, "bounds_handling": null)").empty());
}

TEST_CASE("what a document leaves to defaults is never called unused") {
  const Session session = full_session();
  for (const auto& entry : session.registry().graphs()) {
    if (!is_algorithm(*entry.content)) continue;
    CAPTURE(entry.name);
    const bool has_several = entry.name == "multi_objective_particle_swarm";
    CHECK(unused(session, "", "", has_several ? R"("zdt1")" : R"({"name": "sphere", "dimension": 3})", entry.name)
              .empty());
  }
}

TEST_CASE("no shipped example gives anything in vain") {
  const Session session = full_session();
  std::size_t examples = 0;
  for (const auto& entry : std::filesystem::directory_iterator(SKEIN_SOURCE_DIR "/apps/examples")) {
    if (entry.path().extension() != ".json") continue;
    CAPTURE(entry.path().filename().string());
    Diagnostics diagnostics;
    const auto document = session.load_run(entry.path().string(), {}, diagnostics);
    if (!document || document->faulty) continue;  // a graph
    CHECK(unused(session, *document).empty());
    ++examples;
  }
  CHECK(examples >= 12);
}
