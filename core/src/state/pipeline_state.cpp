#include "state/pipeline_state.hpp"

#include <algorithm>
#include <bit>
#include <optional>

#include "skein/random.hpp"
#include "state/column.hpp"
#include "state/frame.hpp"

namespace skein {
namespace {

class Layout {
 public:
  Layout(PipelineState& state, Frame& frame) : state_(state), frame_(frame) {}

  void add_strip_variables() {
    for (const std::size_t variable : state_.strip_variables) {
      first_part_.push_back(state_.parts.size());
      for (const Part& part : frame_.plan->variables[variable].parts) {
        const std::size_t row_bytes = strip_row_elements(part.width) * element_bytes(part.element);
        state_.parts.push_back({{nullptr, row_bytes, part.width, part.element}, 0, true});
      }
    }
  }

  void add_member(std::size_t index) {
    const PlanStep& step = frame_.plan->steps[index];
    PipelineMember member{&step, &frame_.steps[index], no_index, state_.generator_count};
    state_.generator_count += step.streams.size();
    if (needs_copy(step)) {
      member.first_port = state_.port_count;
      state_.port_count += step.ports.size();
      add_ports(step, member.first_port);
    }
    state_.needs_groups |= step.kind == PlanStep::Kind::reducing || !step.streams.empty() || has_scratch(step);
    state_.members.push_back(member);
  }

  /// Strip variables get memory of their own; the scratch of all members lies at the same place, before it.
  void place() {
    std::size_t end = scratch_end_;
    for (StripPart& part : state_.parts) {
      if (!part.follows_rows) continue;
      part.offset = end;
      end += rounded_up(part.view.row_bytes * state_.strip_rows, cache_line_bytes);
    }
    state_.bytes = end;
  }

 private:
  [[nodiscard]] std::optional<std::size_t> strip_variable(const PlanBinding& binding) const {
    const std::vector<std::size_t>& all = state_.strip_variables;
    const auto found = binding.kind == PlanBinding::Kind::variable ? std::ranges::find(all, binding.index) : all.end();
    if (found == all.end()) return std::nullopt;
    return static_cast<std::size_t>(found - all.begin());
  }

  [[nodiscard]] static bool has_scratch(const PlanStep& step) {
    return std::ranges::any_of(step.ports, [](const auto& port) { return port.kind == PlanBinding::Kind::scratch; });
  }

  [[nodiscard]] bool needs_copy(const PlanStep& step) const {
    return has_scratch(step) ||
           std::ranges::any_of(step.ports, [this](const auto& port) { return strip_variable(port).has_value(); });
  }

  void add_ports(const PlanStep& step, std::size_t first_port) {
    std::size_t scratch_bytes = 0;
    for (std::size_t port = 0; port < step.ports.size(); ++port) {
      const PlanBinding& binding = step.ports[port];
      if (binding.kind == PlanBinding::Kind::scratch) {
        state_.ports.push_back({first_port + port, state_.parts.size()});
        for (const Part& part : binding.scratch_parts) {
          state_.parts.push_back({{nullptr, payload_bytes(part), part.width, part.element}, scratch_bytes, false});
          const std::size_t rows = rows_per_group(frame_.plan->dimension);  // of which a reducing operator sees all
          scratch_bytes += rounded_up(payload_bytes(part) * rows, cache_line_bytes);
        }
      } else if (const auto variable = strip_variable(binding)) {
        state_.ports.push_back({first_port + port, first_part_[*variable]});
      }
    }
    scratch_end_ = std::max(scratch_end_, scratch_bytes);
  }

  PipelineState& state_;
  Frame& frame_;
  std::vector<std::size_t> first_part_;  // of each strip variable
  std::size_t scratch_end_ = 0;
};

}  // namespace

std::size_t strip_rows_for(std::size_t dimension) noexcept {
  constexpr std::size_t elements = 1280;
  const std::size_t rows = std::bit_floor(elements / std::max<std::size_t>(dimension, 1));
  return std::clamp<std::size_t>(rows, 1, rows_per_group(dimension));
}

PipelineState make_pipeline_state(const PlanPipeline& pipeline, Frame& frame) {
  PipelineState state;
  state.pipeline = &pipeline;
  state.strip_rows = strip_rows_for(frame.plan->dimension);
  for (const std::size_t variable : pipeline.strip_variables) {
    if (frame.origin == nullptr || frame.plan->variables[variable].hidden) state.strip_variables.push_back(variable);
  }
  Layout layout(state, frame);
  layout.add_strip_variables();
  for (std::size_t step = pipeline.first; step < pipeline.last; ++step) layout.add_member(step);
  layout.place();
  form_chains(state, *frame.plan);
  return state;
}

}  // namespace skein
