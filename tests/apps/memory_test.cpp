// Runs of the tool within bounds of memory.
#include <doctest/doctest.h>

#include "tests/apps/tool.hpp"
#include "tests/support/sanitizer.hpp"

namespace {

using nlohmann::json;
using tool_test::Folder;
using tool_test::Outcome;

/// 20000 best positions of 1000 numbers: some 160 MB, if they were kept.
constexpr const char* document = R"({"format": "skein/1",
    "algorithm": {"name": "memory_efficient_particle_swarm", "parameters": {"swarm_size": 6}},
    "problem": {"name": "sphere", "dimension": 1000}, "stop": {"iterations": 20000},
    "memory": {"limit_mb": 4000, "max_position_history": 1000000}})";

TEST_CASE("a history that would need ten times the room is thinned, and the process stays below its limit") {
  if (skein::tests::is_sanitized) return;
  const Folder folder;
  folder.write("run.json", document);
  const auto run = [&](const std::string& assignment) {
    return folder.skein({"run", "run.json", "--json", "--quiet", "--threads", "1", "--set", assignment});
  };
  const double base = run("stop.iterations=1").json().at("memory").at("base_mb");
  const double limit = 1.2 * base;
  const Outcome outcome = run("memory.limit_mb=" + std::to_string(limit));
  CHECK(outcome.code == 0);
  const json result = outcome.json();
  CHECK(result.at("stop_reason") == "iterations");
  CHECK(result.at("iterations") == 20000);
  const json& memory = result.at("memory");
  CHECK(memory.at("process_peak_mb") < limit);
  CHECK(memory.at("degraded").at("thin_histories").at("count") >= 1);
  CHECK(memory.at("actions").at(0).at("iteration") > 0);
  CHECK(memory.at("actions").at(0).at("freed_bytes") > 0);
  const json& positions = result.at("histories").at("position_history");
  CHECK(positions.at("stride") > 1);
  CHECK(positions.at("rows").front().at(0) == 0);
  CHECK(positions.at("rows").back().at(0) == 20000);
}

TEST_CASE("a limit below what the process takes already is refused before the run") {
  const Folder folder;
  folder.write("run.json", document);
  const Outcome outcome = folder.skein({"run", "run.json", "--set", "memory.limit_mb=0.5"});
  CHECK(outcome.code == 2);
  CHECK(outcome.says("[memory-limit]"));
}

TEST_CASE("where /proc cannot be read, a run counts its own bytes") {
  const Folder folder;
  folder.write("run.json", document);
  if (skein::tests::is_sanitized) return;  // the search for leaks of a sanitizer reads /proc
  const std::string without_proc = "export SKEIN; unshare -m sh -c 'mount -t tmpfs none /proc && ";
  // Not everybody may hide it.
  if (folder.shell(without_proc + "true'").code != 0) return;
  const Outcome outcome = folder.shell(
      without_proc +
      "exec \"$SKEIN\" run run.json --quiet --json --set stop.iterations=30 --set problem.dimension=10 --set "
      "memory.max_position_history=50'");
  REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
  const json memory = outcome.json().at("memory");
  CHECK(memory.at("current_mb") == memory.at("counted_mb"));
  CHECK(memory.at("current_mb") < 1);
  CHECK(memory.at("total_samples") > 1);
}

TEST_CASE("the report of a run says what it used") {
  const Folder folder;
  folder.write("run.json", document);
  const Outcome outcome = folder.skein({"run", "run.json", "--quiet", "--set", "stop.iterations=100"});
  CHECK(outcome.code == 0);
  CHECK(outcome.out.find("\nmemory        ") != std::string::npos);
  CHECK(outcome.out.find("after the first evaluation") != std::string::npos);
}

}  // namespace
