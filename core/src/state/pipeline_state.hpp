// PipelineState: what one pipeline keeps in one frame between its visits. Nothing of it is part of a checkpoint.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "plan/plan.hpp"
#include "skein/view.hpp"
#include "state/chain.hpp"
#include "state/step_state.hpp"

namespace skein {

struct Frame;

/// A part that lies in the memory of whoever works on a strip: of a strip variable, or of an operator's scratch.
struct StripPart {
  ColumnView view;  ///< without data
  std::size_t offset = 0;
  bool follows_rows = false;  ///< holds the strip's rows at their numbers in the population
};

/// A port that shows parts of a strip.
struct StripPort {
  std::size_t port = 0;  ///< among the copied ports of the pipeline
  std::size_t first_part = 0;
};

/// One step of a pipeline.
struct PipelineMember {
  const PlanStep* step = nullptr;
  StepState* state = nullptr;
  std::size_t first_port = no_index;  ///< of its copied ports; no_index: its ports need no copy
  std::size_t first_generator = 0;    ///< of its streams, among those of the pipeline
};

/// Time of one member in some of the strips.
struct MemberSample {
  std::atomic<std::uint64_t> nanoseconds = 0;
  std::atomic<std::uint64_t> rows = 0;

  void add(std::uint64_t time, std::size_t count) noexcept {
    nanoseconds.fetch_add(time, std::memory_order_relaxed);
    rows.fetch_add(count, std::memory_order_relaxed);
  }
};

/// What a profiled run knows of a pipeline.
struct PipelineSamples {
  explicit PipelineSamples(std::size_t count) : members(count) {}
  std::uint64_t visits = 0;
  std::uint64_t nanoseconds = 0;
  std::vector<MemberSample> members;
};

struct PipelineState {
  const PlanPipeline* pipeline = nullptr;
  std::vector<PipelineMember> members;
  std::vector<std::size_t> strip_variables;  ///< of the pipeline; of a child frame, whose parent may look, only hidden
  std::vector<StripPart> parts;
  std::vector<StripPort> ports;
  std::vector<Chain> chains;  ///< in the order of their members
  std::size_t port_count = 0;
  std::size_t generator_count = 0;
  std::size_t element_count = 0;  ///< of ports in chains
  std::size_t bytes = 0;          ///< of memory for the parts and for spreads
  std::size_t strip_rows = 1;     ///< a power of two that divides a row group
  bool needs_groups = false;      ///< a member has streams or scratch, or is a reducing operator
  StepCost cost;
  std::unique_ptr<PipelineSamples> samples;  ///< of a profiled run, from the first visit on
};

/// How many rows a strip has: at most 10 KiB of a real column, so that the strips of a few columns stay in the cache
/// next to the processor, and of dozens in the second one; at least one row, at most a row group.
[[nodiscard]] std::size_t strip_rows_for(std::size_t dimension) noexcept;

/// The state of a pipeline of `frame`, whose steps exist.
[[nodiscard]] PipelineState make_pipeline_state(const PlanPipeline& pipeline, Frame& frame);

}  // namespace skein
