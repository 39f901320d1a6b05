// What a run knows of the time that its steps take.
#include <algorithm>
#include <utility>

#include "run/run_access.hpp"
#include "skein/run.hpp"

namespace skein {
namespace {

constexpr double to_seconds = 1e-9;

/// Nanoseconds of each member of a pipeline, in proportion to what was measured of some strips.
std::vector<double> shares(const PipelineState& pipeline) {
  const std::vector<MemberSample>& samples = pipeline.samples->members;
  std::vector<double> shares;
  double sum = 0.0;
  for (const MemberSample& sample : samples) {
    const std::uint64_t rows = sample.rows.load(std::memory_order_relaxed);
    const auto nanoseconds = static_cast<double>(sample.nanoseconds.load(std::memory_order_relaxed));
    shares.push_back(rows == 0 ? 0.0 : nanoseconds / static_cast<double>(rows));
    sum += shares.back();
  }
  const auto total = static_cast<double>(pipeline.samples->nanoseconds);
  for (double& share : shares) share = sum > 0.0 ? share / sum * total : total / static_cast<double>(shares.size());
  return shares;
}

class Collector {
 public:
  explicit Collector(RunProfile& profile) : profile_(profile) {}

  /// Adds a frame and those below it; `prefix` is the path of the step that enters it.
  void add(const Frame& frame, const std::string& prefix) {
    for (std::size_t i = 0; i < frame.steps.size(); ++i) add_step(frame, i, prefix);
    for (const PipelineState& pipeline : frame.pipelines) add_pipeline(pipeline, prefix);
    for (const PlanStep& step : frame.plan->steps) {
      if (step.kind != PlanStep::Kind::children) continue;
      for (const auto& child : frame.children[step.child].frames) add(*child, prefix + step.path + "/");
    }
  }

 private:
  void add_step(const Frame& frame, std::size_t number, const std::string& prefix) {
    const PlanStep& step = frame.plan->steps[number];
    const StepState& state = frame.steps[number];
    if (!is_node(step)) {
      profile_.other_seconds += static_cast<double>(state.nanoseconds) * to_seconds;
      return;
    }
    NodeProfile& node = node_of(step, prefix);
    node.calls += state.visits;
    node.seconds += static_cast<double>(state.nanoseconds) * to_seconds;
  }

  void add_pipeline(const PipelineState& pipeline, const std::string& prefix) {
    if (pipeline.samples == nullptr) return;
    const std::vector<double> parts = shares(pipeline);
    PipelineProfile of_pipeline;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      NodeProfile& node = node_of(*pipeline.members[i].step, prefix);
      node.seconds += parts[i] * to_seconds;
      node.shared |= std::ranges::any_of(pipeline.chains, [i](const Chain& chain) {
        return chain.first <= i && i < chain.last && chain.last - chain.first > 1;
      });
      of_pipeline.nodes.push_back(node.path);
    }
    const auto same = std::ranges::find(profile_.pipelines, of_pipeline.nodes, &PipelineProfile::nodes);
    PipelineProfile& into =
        same != profile_.pipelines.end() ? *same : profile_.pipelines.emplace_back(std::move(of_pipeline));
    into.calls += pipeline.samples->visits;
    into.seconds += static_cast<double>(pipeline.samples->nanoseconds) * to_seconds;
  }

  NodeProfile& node_of(const PlanStep& step, const std::string& prefix) {
    const std::string path = prefix + step.path;
    const auto known = std::ranges::find(profile_.nodes, path, &NodeProfile::path);
    if (known != profile_.nodes.end()) return *known;
    NodeProfile node;
    node.path = path;
    node.operation = step.table == nullptr ? "" : std::string(step.table->name);
    return profile_.nodes.emplace_back(std::move(node));
  }

  RunProfile& profile_;
};

}  // namespace

RunProfile Run::profile() const {
  RunProfile profile;
  Collector(profile).add(*state_->root, "");
  const Frame& root = *state_->root;
  std::uint64_t nanoseconds = 0;
  for (const StepState& step : root.steps) nanoseconds += step.nanoseconds;
  for (const PipelineState& pipeline : root.pipelines) {
    if (pipeline.samples != nullptr) nanoseconds += pipeline.samples->nanoseconds;
  }
  profile.seconds = static_cast<double>(nanoseconds) * to_seconds;
  return profile;
}

}  // namespace skein
