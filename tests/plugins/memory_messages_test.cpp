// What is wrong with the section `memory` of a run document.
#include <doctest/doctest.h>

#include <string>

#include "skein/memory_tracker.hpp"
#include "tests/plugins/memory_session.hpp"

using namespace skein;
using namespace skein::tests;

namespace {

std::string findings(const Session& session, const std::string& text) {
  Diagnostics diagnostics;
  const auto run = session.read_run(text, "test.json", diagnostics);
  if (run) static_cast<void>(session.prepare(*run, diagnostics));
  std::string all;
  for (const Diagnostic& diagnostic : diagnostics.items()) {
    all += diagnostic.code + " " + diagnostic.path + ": " + diagnostic.message + " expected " + diagnostic.expected +
           ", found " + diagnostic.found + "\n";
  }
  return all;
}

}  // namespace

TEST_CASE("memory: a limit that the run exceeds from the start is refused with what it needs") {
  const Session session = memory_session();
  const std::string found = findings(session, document(counted_source, R"("limit_mb": 0.005)"));
  CAPTURE(found);
  CHECK(
      found.starts_with("memory-limit memory/limit_mb: The run takes more memory from the start than it may use. "
                        "expected more than 0.09"));
  CHECK(found.ends_with(" MiB, found 0.005 MiB\n"));
  CHECK(findings(session, document("", R"("limit_mb": 1)")).find("memory-limit memory/limit_mb") == 0);
  CHECK(findings(session, document("", R"("limit_mb": 4000)")).empty());

  // Whatever set the bounds.
  const std::string filler =
      R"({"format": "skein/1", "algorithm": {"name": "memory_efficient_particle_swarm", "slots": {
      "memory_configuration": {"operator": "configure_memory", "parameters": {"limit_mb": 0.5,
      "emergency_recovery_enabled": false}})";
  const std::string rest = R"(}}, "problem": {"name": "sphere", "dimension": 2}, "stop": {"iterations": 3}})";
  CHECK(findings(session, filler + rest)
            .starts_with("memory-limit algorithm/slots/memory_configuration/parameters/limit_mb: "));
  const Job own = prepared(session, filler + R"(, "memory_source": "read_counted_memory")" + rest);
  CHECK_FALSE(own.options.emergency_recovery);
  // What is counted is known before the run: a limit that is refused there would leave no room, and one that is not
  // refused is not far from one that does.
  const auto with_limit = [&](double mebibytes) {
    return document(counted_source, "\"limit_mb\": " + std::to_string(mebibytes), R"("iterations": 1)");
  };
  const double base = finished(prepared(session, with_limit(10))).memory.find("base_mb")->number();
  CHECK_FALSE(findings(session, with_limit(0.8 * base)).empty());
  CHECK(findings(session, with_limit(1.01 * base)).empty());

  // What only the run can know: the base after the first evaluation.
  const Job job = prepared(session, document(scripted("150"), R"("limit_mb": 100)"));
  Run run(job.plan, job.options);
  CHECK(run.advance() == RunState::failed);
  CHECK(run.error()->message.find("150 MiB are in use after the first evaluation") != std::string::npos);
}

TEST_CASE("memory: all that is wrong in the section is said at once") {
  const Session session = memory_session();
  const std::string found = findings(session, document("", R"("warning_level": 0.95, "critical_level": 2,
      "memory_check_frequency": 0, "cleanup_frequency": "often", "max_cost_histroy": 5, "limit_mb": -1,
      "emergency_release": 0.9, "memory_warning_threshold_mb": 700)"));
  CAPTURE(found);
  for (const char* part :
       {"out-of-range memory/critical_level", "out-of-range memory/memory_check_frequency",
        "wrong-type memory/cleanup_frequency", "unknown-key memory/max_cost_histroy", "out-of-range memory/limit_mb",
        "memory-config memory/warning_level", "memory-config memory/emergency_release",
        "memory-config memory/memory_critical_threshold_mb", "memory-config memory/emergency_cleanup_threshold_mb"}) {
    CAPTURE(part);
    CHECK(found.find(part) != std::string::npos);
  }
  // In a graph, the operator says it of its own parameters.
  const std::string own = R"({"format": "skein/1", "algorithm": {"name": "memory_efficient_particle_swarm", "slots":
      {"memory_configuration": {"operator": "configure_memory", "parameters": {"warning_level": 0.9,
      "critical_release": 0.85}}}}, "problem": {"name": "sphere", "dimension": 2})";
  const std::string refused = findings(session, own + "}");
  CHECK(refused.find("memory-config") != std::string::npos);
  CHECK(refused.find("parameters/critical_release") != std::string::npos);
  CHECK(findings(session, own + R"(, "memory": {}})").find("memory-given-twice memory") != std::string::npos);
  CHECK(findings(session, R"({"format": "skein/1", "algorithm": "particle_swarm", "problem": {"name": "sphere",
      "dimension": 2}, "memory": {"limit_mb": 500}})") ==
        "unused-memory memory: Algorithm 'particle_swarm' has no slot 'memory_configuration' that bounds could fill. "
        "expected a slot 'memory_configuration', as memory_efficient_particle_swarm has it, found none\n");
}
