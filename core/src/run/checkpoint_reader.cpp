#include <algorithm>
#include <cmath>
#include <exception>
#include <istream>
#include <stdexcept>
#include <string>
#include <vector>

#include "run/checkpoint.hpp"
#include "run/checksum.hpp"

namespace skein {
namespace {

/// Why a checkpoint is refused.
struct Refusal {
  std::string_view code;
  std::string message;
};

[[noreturn]] void refuse_corrupted(const char* what) {
  throw Refusal{"checkpoint-corrupted", std::string("The checkpoint is damaged: ") + what + "."};
}

/// Reads from a stream and sums up what it reads.
class CheckpointReader {
 public:
  explicit CheckpointReader(std::istream& stream) : stream_(&stream) {}

  void bytes(void* data, std::size_t size) {
    if (size == 0) return;
    stream_->read(static_cast<char*>(data), static_cast<std::streamsize>(size));
    if (static_cast<std::size_t>(stream_->gcount()) != size) {
      throw Refusal{"checkpoint-truncated", "The checkpoint ends too early."};
    }
    checksum_.add(data, size);
  }
  std::uint64_t integer() {
    std::uint64_t value = 0;
    bytes(&value, sizeof value);
    return value;
  }
  /// A number that must not be above `limit`.
  std::size_t bounded(std::uint64_t limit, const char* what) {
    const std::uint64_t value = integer();
    if (value > limit) refuse_corrupted(what);
    return static_cast<std::size_t>(value);
  }
  double seconds() {
    double value = 0.0;
    bytes(&value, sizeof value);
    if (!(value >= 0.0) || std::isinf(value)) refuse_corrupted("it holds an impossible time");
    return value;
  }
  /// A size, and as many bytes. Read in pieces: a size that is wrong ends at the end of the stream, and not in an
  /// allocation.
  template <class Bytes>
  Bytes sized() {
    constexpr std::uint64_t piece = 1 << 16;
    Bytes found;
    for (std::uint64_t left = integer(); left > 0;) {
      const auto size = static_cast<std::size_t>(std::min(left, piece));
      found.resize(found.size() + size);
      bytes(found.data() + found.size() - size, size);
      left -= size;
    }
    return found;
  }
  void checksum() {
    const std::uint64_t expected = checksum_.value();
    if (integer() != expected) refuse_corrupted("its checksum does not match");
  }
  void expect_end() {
    if (stream_->peek() != std::istream::traits_type::eof()) refuse_corrupted("something follows its end");
  }

 private:
  std::istream* stream_;
  Checksum checksum_;
};

/// The state of one object.
class ObjectReader final : public StateReader {
 public:
  explicit ObjectReader(CheckpointReader& reader) : buffer_(reader.sized<std::vector<std::byte>>()) {}
  void bytes(void* data, std::size_t size) override {
    if (size > remaining()) throw std::runtime_error("the state of an object is cut short");
    std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(position_), size, static_cast<std::byte*>(data));
    position_ += size;
  }
  [[nodiscard]] std::size_t remaining() const noexcept override { return buffer_.size() - position_; }

 private:
  std::vector<std::byte> buffer_;
  std::size_t position_ = 0;
};

void read_object(CheckpointReader& reader, ObjectVariable& object) {
  ObjectReader state(reader);
  try {
    object.load(state);
  } catch (const std::exception&) {
    refuse_corrupted("the state of an object makes no sense");
  }
  if (state.remaining() != 0) refuse_corrupted("the state of an object is too long");
}

void read_slot(CheckpointReader& reader, const Slot& slot, std::size_t rows) {
  for (const ColumnView& part : slot.parts()) {
    for (std::size_t row = 0; row < rows; ++row) reader.bytes(row_data(part, row), payload_bytes(part));
  }
  if (slot.object() != nullptr) read_object(reader, *slot.object());
}

/// An index beyond a population's capacity would let an operator read anywhere.
void check_indices(const Frame& frame) {
  for (const Population* population : frame.populations) {
    for (const IndexPlace& place : population->index_places) {
      const ColumnView& part = place.slot->parts()[place.part];
      for (std::size_t row = 0; row < (place.owner != nullptr ? place.owner->rows : 1); ++row) {
        const auto* indices = reinterpret_cast<const std::uint32_t*>(row_data(part, row));
        const auto is_wrong = [&](std::uint32_t index) { return index != no_row && index >= population->capacity; };
        if (std::any_of(indices, indices + part.width, is_wrong)) refuse_corrupted("an index points at no row");
      }
    }
  }
}

void read_counters(CheckpointReader& reader, Frame& frame) {
  Counters& counters = frame.counters;
  counters.evaluations = reader.integer();
  counters.failed_evaluations = reader.integer();
  const bool reached = reader.bounded(1, "a flag is neither set nor unset") == 1;
  const std::uint64_t evaluations_to_target = reader.integer();
  if (reached) counters.evaluations_to_target = evaluations_to_target;
  frame.evaluations_before = reader.integer();
  const auto last_reason = static_cast<std::uint64_t>(StopReason::completed);
  frame.stop_reason =
      stop_reason_from(static_cast<std::uint8_t>(reader.bounded(last_reason, "a stop reason is unknown")));
}

/// The number of rows or frames that the step at the program counter keeps a status of; nothing for other steps.
std::optional<std::size_t> status_count(const Frame& frame) {
  if (frame.program_counter == frame.plan->steps.size()) return std::nullopt;
  const PlanStep& step = frame.plan->steps[frame.program_counter];
  if (step.kind == PlanStep::Kind::children) return frame.children[step.child].count();
  const bool can_wait = step.kind == PlanStep::Kind::row && step.table->can_fail;
  if (can_wait) return frame.populations[step.population]->rows;
  return std::nullopt;
}

void read_progress(CheckpointReader& reader, Frame& frame) {
  StepProgress& progress = frame.progress;
  progress.active = reader.bounded(1, "a flag is neither set nor unset") == 1;
  if (!progress.active) return;
  const std::optional<std::size_t> expected_count = status_count(frame);
  if (reader.bounded(1, "a flag is neither set nor unset") == 1) {
    const auto row = static_cast<std::size_t>(reader.integer());
    progress.told = ToldFailure{row, reader.sized<std::string>()};
  }
  progress.retries = static_cast<std::size_t>(reader.integer());
  progress.count = static_cast<std::size_t>(reader.integer());
  if (!expected_count || progress.count != *expected_count) refuse_corrupted("a step has another number of rows");
  reader.bytes(progress.status.data(), progress.count * sizeof(RowStatus));
  const bool is_told = !progress.told || (progress.told->row < progress.count &&
                                          progress.status[progress.told->row] == RowStatus::failed);
  if (!is_told) refuse_corrupted("a row that failed is none");
  const auto is_wrong = [](RowStatus status) { return status > RowStatus::failed; };
  if (std::ranges::any_of(progress.rows(), is_wrong)) refuse_corrupted("the status of a row is unknown");
  for (const Slot* slot : frame.steps[frame.program_counter].shadowed) {
    for (const ColumnView& part : slot->shadow_parts()) {
      for (std::size_t row = 0; row < progress.count; ++row) {
        if (progress.status[row] == RowStatus::done) reader.bytes(row_data(part, row), payload_bytes(part));
      }
    }
  }
}

void read_frame(CheckpointReader& reader, Frame& frame) {
  frame.program_counter = reader.bounded(frame.plan->steps.size(), "a program counter is beyond the plan");
  for (std::uint64_t& visits : frame.stream_visits) visits = reader.integer();
  for (StepState& step : frame.steps) step.visits = reader.integer();
  read_counters(reader, frame);
  for (std::size_t id = 0; id < frame.populations.size(); ++id) {
    Population& population = *frame.populations[id];
    if (frame.owns_population(id)) population.rows = reader.bounded(population.capacity, "a population is too large");
  }
  for (std::size_t variable = 0; variable < frame.slots.size(); ++variable) {
    if (frame.holds_content(variable)) read_slot(reader, *frame.slots[variable], frame.rows_of(variable));
  }
  read_progress(reader, frame);
  for (const ChildFrames& frames : frame.children) {
    for (std::size_t i = 0; i < frames.count(); ++i) read_frame(reader, *frames.frames[i]);
  }
  check_indices(frame);
}

void check_magic_and_format(CheckpointReader& reader) {
  std::array<char, checkpoint_magic.size()> magic{};
  reader.bytes(magic.data(), magic.size());
  if (magic != checkpoint_magic) throw Refusal{"checkpoint-foreign", "This is no checkpoint of Skein."};
  const std::uint64_t format = reader.integer();
  if (format > checkpoint_format) {
    throw Refusal{"checkpoint-newer", "The checkpoint has format " + std::to_string(format) +
                                          "; this version of Skein reads formats up to " +
                                          std::to_string(checkpoint_format) + "."};
  }
  if (format == 0) refuse_corrupted("it has format 0");
}

struct Header {
  std::uint64_t fingerprint = 0;
  std::uint64_t seed = 0;
  bool flush_denormals = true;
  double elapsed_seconds = 0.0;
  double evaluated_seconds = 0.0;
};

Header read_header(CheckpointReader& reader, const Plan& plan) {
  check_magic_and_format(reader);
  Header header;
  header.fingerprint = reader.integer();
  header.seed = reader.integer();
  header.flush_denormals = reader.bounded(1, "a flag is neither set nor unset") == 1;
  header.elapsed_seconds = reader.seconds();
  header.evaluated_seconds = reader.seconds();
  reader.checksum();
  if (header.fingerprint != plan_fingerprint(plan)) {
    throw Refusal{"checkpoint-other-plan", "The checkpoint belongs to a run of another plan."};
  }
  return header;
}

}  // namespace

bool read_checkpoint(std::istream& stream, Run::State& run, Diagnostics& diagnostics) {
  try {
    CheckpointReader reader(stream);
    const Header header = read_header(reader, *run.plan);
    auto root = std::make_unique<Frame>(*run.plan);
    read_frame(reader, *root);
    reader.checksum();
    reader.expect_end();
    run.root = std::move(root);
    run.engine.options.seed = header.seed;
    run.engine.options.flush_denormals = header.flush_denormals;
    run.engine.clock.resume(header.elapsed_seconds, header.evaluated_seconds);
  } catch (const Refusal& refusal) {
    Diagnostic diagnostic;
    diagnostic.code = refusal.code;
    diagnostic.message = refusal.message;
    diagnostics.add(std::move(diagnostic));
    return false;
  }
  run.error.reset();
  ++run.generation;
  // What was asked of the run as it was. A stop is a pause, too.
  if (run.engine.stop_requested.exchange(false)) run.engine.pause_requested.store(false, std::memory_order_relaxed);
  run.engine.watch.seen_iterations = counted_iterations(*run.root);
  run.state = RunState::ready;
  if (run.at_end()) run.finish();
  return true;
}

}  // namespace skein
