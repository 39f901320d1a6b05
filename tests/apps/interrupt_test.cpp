#include <doctest/doctest.h>

#include "tests/apps/tool.hpp"

namespace {

using nlohmann::json;
using tool_test::Outcome;
using tool_test::SmallRun;
using tool_test::Words;

const Words endless = {"run",    "run.json", "--set",      "stop.iterations=1000000000000",
                       "--json", "--output", "result.json"};

TEST_CASE("SIGINT and SIGTERM end a run with its result so far and code 130") {
  for (const int signal : {SIGINT, SIGTERM}) {
    const SmallRun folder;
    const Outcome outcome = folder.skein_interrupted(endless, signal);
    CHECK(outcome.code == 130);
    const json result = outcome.json();
    CHECK(result.at("stop_reason") == "interrupted");
    CHECK(result.at("iterations").get<long>() > 0);
    CHECK(result.at("best_quality").is_number());
    CHECK(folder.read("result.json") == outcome.out);
    CHECK(folder.names() == Words{"result.json", "result.json.checkpoint", "run.json"});
  }
}

TEST_CASE("a second signal right after the first one is the same wish, later it ends the process") {
  const auto wait_until = [](const std::string& condition) {
    return "for i in $(seq 400); do " + condition + " && break; sleep 0.05; done; ";
  };
  const auto signalled = [&](const SmallRun& folder, const std::string& options, const std::string& signals) {
    // The first words come when signals are listened to.
    const std::string begin = "$SKEIN run run.json --output result --set stop.iterations=1000000000000 " + options;
    return folder.shell(begin + " 2> said & " + wait_until("[ -s said ]") + signals + "; wait $!").code;
  };
  const SmallRun folder;
  CHECK(signalled(folder, "", "kill -INT $!; kill -INT $!") == 130);
  CHECK(folder.names() == Words{"result", "result.checkpoint", "run.json", "said"});
  // An evaluation that does not end keeps the first one waiting.
  const SmallRun stuck;
  const std::string endless_sum =
      "--set problem.name=expression --set 'problem.parameters.objective=sum(k, 0, 10^15, x[0])'";
  const std::string when_told = wait_until("grep -q interrupted said");
  CHECK(signalled(stuck, endless_sum, "kill -INT $!; " + when_told + "kill -INT $!") == 130);
  CHECK(stuck.names() == Words{"run.json", "said"});
  CHECK(
      stuck.read("said").ends_with("\ninterrupted: the step that has begun ends first, with all of its evaluations; "
                                   "another signal ends the run at once, without its state\n"));
}

TEST_CASE("a run reports on standard error while it goes on") {
  const SmallRun folder;
  const Outcome outcome = folder.skein_interrupted(endless, SIGINT);
  CHECK(outcome.says("particle_swarm on sphere, dimension 3, seed 1"));
  CHECK(outcome.says("evaluations/s"));
}

}  // namespace
