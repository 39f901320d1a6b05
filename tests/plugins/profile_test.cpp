// Where the time of a run goes.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "tests/plugins/host_swarm.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

TEST_CASE("profile: calls and times of nodes and pipelines, with the same bits") {
  const Session session = full_session();
  const RunDocument document = swarm_document(300, 40);
  const std::vector<std::uint64_t> expected = undisturbed_bits(session, document);
  for (const std::size_t threads : {1U, 3U}) {
    Job job = host_job(session, own_bowl(), document);
    job.options.profile = true;
    job.options.threads = threads;
    Run run(job.plan, job.options);
    CHECK(run.advance() == RunState::finished);
    CHECK(found_bits(job, run) == expected);
    const RunProfile profile = run.profile();
    const auto node = [&](std::string_view path) {
      const auto found = std::ranges::find(profile.nodes, path, &NodeProfile::path);
      REQUIRE(found != profile.nodes.end());
      return *found;
    };
    CHECK(node("main loop/move").calls == 40);
    CHECK(node("evaluate").calls == 1);
    CHECK(node("main loop/count").operation == "increment");
    double sum = profile.other_seconds;
    for (const NodeProfile& one : profile.nodes) sum += one.seconds;
    CHECK(sum == doctest::Approx(profile.seconds));
    for (const PipelineProfile& pipeline : profile.pipelines) {
      CHECK(pipeline.nodes.size() > 1);
      CHECK(pipeline.seconds <= profile.seconds);
    }
    if (threads == 1) CHECK_FALSE(profile.pipelines.empty());
  }
}

}  // namespace
