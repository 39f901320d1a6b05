// Pipelines: all members work on a strip of rows before the next strip is begun, so that it stays in the cache.
#include <algorithm>
#include <optional>
#include <span>

#include "run/chain.hpp"
#include "run/engine.hpp"
#include "run/failing_row_step.hpp"
#include "run/operator_call.hpp"
#include "run/own_arithmetic.hpp"
#include "run/profile_timer.hpp"

namespace skein {
namespace {

/// A row group that takes longer than this is too much for one task.
constexpr double longest_task_nanoseconds = 200'000.0;

const OperatorTable& table_of(const PipelineMember& member) { return *member.step->table; }

/// Lets the copied ports of all members show memory of this worker.
void place(const PipelineState& state, StripMemory& memory) noexcept {
  for (std::size_t i = 0; i < state.parts.size(); ++i) {
    memory.parts[i] = state.parts[i].view;
    memory.parts[i].data = memory.bytes.data() + state.parts[i].offset;
  }
  for (const PipelineMember& member : state.members) {
    const std::span<const PortView> ports = member.state->views.ports();
    if (member.first_port != no_index) std::copy(ports.begin(), ports.end(), memory.ports.data() + member.first_port);
  }
  for (const StripPort& port : state.ports) memory.ports[port.port].parts = &memory.parts[port.first_part];
}

/// Strip variables show the rows from `first_row` on at their numbers in the population.
void move_to(const PipelineState& state, StripMemory& memory, std::size_t first_row) noexcept {
  for (std::size_t i = 0; i < state.parts.size(); ++i) {
    const StripPart& part = state.parts[i];
    if (!part.follows_rows) continue;
    const auto strip = reinterpret_cast<std::uintptr_t>(memory.bytes.data() + part.offset);
    memory.parts[i].data = reinterpret_cast<std::byte*>(strip - first_row * part.view.row_bytes);
  }
}

/// Whether a member may be a host's: then nobody knows how long a row takes.
bool calls_foreign_code(const PipelineState& state) noexcept {
  return std::ranges::any_of(state.members, [](const PipelineMember& member) {
    return table_of(member).can_fail || table_of(member).host_arithmetic;
  });
}

/// Whether a member may use threads itself. While it waits for them, its thread must not take another tile.
bool needs_isolation(const PipelineState& state) noexcept {
  const auto evaluates = [](const PipelineMember& member) { return member.step->counts_evaluations; };
  return calls_foreign_code(state) || std::ranges::any_of(state.members, evaluates);
}

/// Takes the time of members in one strip, one after the other.
class StripClock {
 public:
  StripClock(PipelineSamples* samples, Rows strip) noexcept : samples_(samples), rows_(strip.count()) {
    if (samples_ != nullptr) start_ = ProfileTimer::Clock::now();
  }

  /// Members [first, last) have used the time since the last call, all alike.
  void add(std::size_t first, std::size_t last) noexcept {
    if (samples_ == nullptr) return;
    const auto now = ProfileTimer::Clock::now();
    const std::uint64_t share = ProfileTimer::nanoseconds(start_, now) / (last - first);
    for (std::size_t i = first; i < last; ++i) samples_->members[i].add(share, rows_);
    start_ = now;
  }

 private:
  PipelineSamples* samples_;
  std::size_t rows_;
  ProfileTimer::Clock::time_point start_;
};

/// One visit of a pipeline.
class Visit {
 public:
  Visit(Engine& engine, Frame& frame, PipelineState& state)
      : engine_(engine),
        frame_(frame),
        state_(state),
        rows_(frame.populations[state.members.front().step->population]->rows),
        group_rows_(rows_per_group(frame.plan->dimension)),
        is_isolated_(needs_isolation(state)) {
    for (const PipelineMember& member : state.members) {
      begin_visit(engine, frame, *member.step, *member.state);
      member.state->views.refresh();
    }
    const PipelineMember& last = state.members.back();
    if (table_of(last).kind == OperatorKind::reducing) reducing_.emplace(engine, frame, *last.step, *last.state);
    if (table_of(last).kind == OperatorKind::row && table_of(last).can_fail) {
      failing_.emplace(engine, frame, *last.step, *last.state);
    }
  }

  /// The same, and takes the time of the members in this visit.
  Outcome run_sampled() {
    samples_ = state_.samples.get();
    return run();
  }

  Outcome run() {
    if (!failing_) {
      run_tiles(nullptr);
      if (reducing_)
        finish_reducing_step(*reducing_, frame_, *state_.members.back().step, *state_.members.back().state);
      complete(state_.members.size());
      return Outcome::done;
    }
    RowPass pass = failing_->pass();
    run_tiles(&pass);
    complete(state_.members.size() - 1);
    std::optional<Outcome> outcome = failing_->settle(pass);
    if (!outcome) outcome = failing_->run();
    if (*outcome == Outcome::done) complete(state_.members.size());
    return *outcome;
  }

 private:
  void run_tiles(RowPass* pass) {
    const TileRequest request{rows_, state_.needs_groups ? group_rows_ : 1, engine_.options.tile_rows, false};
    for_each_tile(engine_.arena, state_.cost, request, [&](std::size_t first, std::size_t last) {
      const auto tile = [&] { run_tile(first, last, pass); };
      if (is_isolated_) {
        Arena::isolated(tile);
      } else {
        tile();
      }
      return last - first;
    });
  }

  void run_tile(std::size_t first, std::size_t last, RowPass* pass) {
    StripMemory& memory = engine_.worker(frame_).strips;
    const OwnArithmetic arithmetic(engine_.options.flush_denormals);
    place(state_, memory);
    place_chains(state_, memory);
    make_services(memory);
    while (first < last) {
      const Rows group{first, std::min((first / group_rows_ + 1) * group_rows_, last)};
      for (std::size_t i = 0; i < state_.generator_count; ++i) memory.generators[i].reset();
      for (std::size_t row = group.first; row < group.last;) {
        const Rows strip{row, std::min((row / state_.strip_rows + 1) * state_.strip_rows, group.last)};
        run_strip(strip, group.first / group_rows_, memory, arithmetic, pass);
        row = strip.last;
      }
      if (reducing_) map(group);
      first = group.last;
    }
  }

  void make_services(StripMemory& memory) const noexcept {
    for (std::size_t i = 0; i < state_.members.size(); ++i) {
      const PipelineMember& member = state_.members[i];
      memory.services[i] = {};
      memory.services[i].keys = member.state->keys;
      memory.services[i].generators = memory.generators.data() + member.first_generator;
      memory.services[i].resource = member.state->resource.get();
    }
  }

  void run_strip(Rows strip, std::size_t group, StripMemory& memory, const OwnArithmetic& arithmetic,
                 RowPass* pass) const {
    move_to(state_, memory, strip.first);
    StripClock clock(is_sampled(strip) ? samples_ : nullptr, strip);
    const std::size_t calls = state_.members.size() - (failing_ || reducing_ ? 1 : 0);
    auto chain = state_.chains.begin();
    for (std::size_t i = 0; i < calls;) {
      if (chain != state_.chains.end() && chain->first == i) {
        run_chain(state_, *chain, strip, memory);
        clock.add(i, chain->last);
        i = chain->last;
        ++chain;
      } else {
        memory.services[i].group = group;
        call(state_.members[i], strip, memory, memory.services[i], arithmetic);
        clock.add(i, i + 1);
        ++i;
      }
    }
    if (pass == nullptr) return;
    const bool is_foreign = table_of(state_.members.back()).host_arithmetic;
    if (is_foreign) arithmetic.leave();
    pass->run_tile(strip.first, strip.last);
    if (is_foreign) arithmetic.enter();
    clock.add(calls, calls + 1);
  }

  static void call(const PipelineMember& member, Rows strip, const StripMemory& memory, RowContext::Services& services,
                   const OwnArithmetic& arithmetic) {
    RowContext context(strip, services);
    const bool is_foreign = table_of(member).host_arithmetic;
    if (is_foreign) arithmetic.leave();
    table_of(member).run_rows(member.step->prepared.get(), ports_of(member, memory), context);
    if (is_foreign) arithmetic.enter();
  }

  void map(Rows group) const {
    StripClock clock(samples_, group);
    std::byte* const partials = frame_.partials.data();
    reducing_->map(group, partials + group.first / group_rows_ * state_.members.back().state->partial_stride);
    clock.add(state_.members.size() - 1, state_.members.size());
  }

  /// A clock costs as much as a small operator does in a strip.
  [[nodiscard]] bool is_sampled(Rows strip) const noexcept { return strip.first / state_.strip_rows % 8 == 0; }

  /// Counts the visits of the members before number `end` and goes on behind them.
  void complete(std::size_t end) noexcept {
    for (; completed_ < end; ++completed_) {
      const PipelineMember& member = state_.members[completed_];
      member.state->cost.ran_parallel |= state_.cost.ran_parallel;
      complete_visit(engine_, frame_, *member.step, *member.state);
    }
    frame_.program_counter = state_.pipeline->first + end;
  }

  Engine& engine_;
  Frame& frame_;
  PipelineState& state_;
  std::size_t rows_;
  std::size_t group_rows_;
  bool is_isolated_;
  std::size_t completed_ = 0;
  std::optional<OperatorCall> reducing_;
  std::optional<FailingRowStep> failing_;
  PipelineSamples* samples_ = nullptr;  ///< null: no time is taken
};

/// Every so many visits of a profiled run take the time of members.
constexpr std::uint64_t visits_per_sample = 4;

/// Time of a row in all members, from visits of the single steps; 0 where one of them is not known.
double known_cost(const PipelineState& state) noexcept {
  double sum = 0.0;
  for (const PipelineMember& member : state.members) {
    if (member.state->cost.nanoseconds_per_row == 0.0) return 0.0;
    sum += member.state->cost.nanoseconds_per_row;
  }
  return sum;
}

/// Whether rows are to be evaluated fewer at a time than a pipeline does, or one by one with a journal.
bool has_small_batches(const Engine& engine, const PipelineState& state) noexcept {
  if (engine.evaluation_rows.load(std::memory_order_relaxed) == 0 && engine.options.journal == nullptr) return false;
  return std::ranges::any_of(state.members, [](const auto& member) { return member.step->counts_evaluations; });
}

}  // namespace

bool pays(const Engine& engine, PipelineState& state, std::size_t group_rows) noexcept {
  if (has_small_batches(engine, state)) return false;
  const bool has_large_tiles = state.needs_groups && group_rows > 1;
  if (engine.arena.threads() == 1 || engine.options.tile_rows != 0 || !has_large_tiles) return true;
  if (state.cost.nanoseconds_per_row == 0.0) {
    state.cost.nanoseconds_per_row = known_cost(state);
    if (state.cost.nanoseconds_per_row == 0.0 && !calls_foreign_code(state)) return true;
  }
  const double group = state.cost.nanoseconds_per_row * static_cast<double>(group_rows);
  if (group > 0.0 && group <= longest_task_nanoseconds) return true;
  state.cost.nanoseconds_per_row = 0.0;
  return false;
}

Outcome run_pipeline(Engine& engine, Frame& frame, PipelineState& state) {
  if (!engine.options.profile) return Visit(engine, frame, state).run();
  if (state.samples == nullptr) state.samples = std::make_unique<PipelineSamples>(state.members.size());
  const ProfileTimer timer(true, state.samples->nanoseconds);
  Visit visit(engine, frame, state);
  return state.samples->visits++ % visits_per_sample == 0 ? visit.run_sampled() : visit.run();
}

}  // namespace skein
