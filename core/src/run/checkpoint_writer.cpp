#include <ostream>
#include <vector>

#include "run/checkpoint.hpp"
#include "run/checksum.hpp"

namespace skein {
namespace {

/// Writes to a stream and sums up what it writes.
class CheckpointWriter final : public StateWriter {
 public:
  explicit CheckpointWriter(std::ostream& stream) : stream_(&stream) {}

  void bytes(const void* data, std::size_t size) override {
    checksum_.add(data, size);
    stream_->write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
  }
  void checksum() { integer(checksum_.value()); }

 private:
  std::ostream* stream_;
  Checksum checksum_;
};

/// Collects what an object writes, because its size comes first.
class BufferWriter final : public StateWriter {
 public:
  void bytes(const void* data, std::size_t size) override {
    const auto* begin = static_cast<const std::byte*>(data);
    buffer_.insert(buffer_.end(), begin, begin + size);
  }
  void copy_to(StateWriter& writer) const {
    writer.integer(buffer_.size());
    writer.bytes(buffer_.data(), buffer_.size());
  }

 private:
  std::vector<std::byte> buffer_;
};

void write_rows(StateWriter& writer, const ColumnView& part, std::size_t rows) {
  const std::size_t bytes = payload_bytes(part);
  if (part.row_bytes == bytes) return writer.bytes(part.data, rows * bytes);
  for (std::size_t row = 0; row < rows; ++row) writer.bytes(row_data(part, row), bytes);
}

void write_slot(StateWriter& writer, const Slot& slot, std::size_t rows) {
  for (const ColumnView& part : slot.parts()) write_rows(writer, part, rows);
  if (slot.object() == nullptr) return;
  BufferWriter buffer;
  slot.object()->save(buffer);
  buffer.copy_to(writer);
}

void write_counters(StateWriter& writer, const Frame& frame) {
  const Counters& counters = frame.counters;
  writer.integer(counters.evaluations);
  writer.integer(counters.failed_evaluations);
  writer.integer(counters.evaluations_to_target ? 1 : 0);
  writer.integer(counters.evaluations_to_target.value_or(0));
  writer.integer(frame.evaluations_before);
  writer.integer(static_cast<std::uint64_t>(frame.stop_reason));
}

/// The status of every row and, of a row step, what the done rows have written.
void write_progress(StateWriter& writer, const Frame& frame) {
  const StepProgress& progress = frame.progress;
  writer.integer(progress.active ? 1 : 0);
  if (!progress.active) return;
  writer.integer(progress.told ? 1 : 0);
  if (progress.told) {
    writer.integer(progress.told->row);
    writer.text(progress.told->message);
  }
  writer.integer(progress.retries);
  writer.integer(progress.count);
  writer.bytes(progress.status.data(), progress.count * sizeof(RowStatus));
  for (const Slot* slot : frame.steps[frame.program_counter].shadowed) {
    for (const ColumnView& part : slot->shadow_parts()) {
      for (std::size_t row = 0; row < progress.count; ++row) {
        if (progress.status[row] == RowStatus::done) writer.bytes(row_data(part, row), payload_bytes(part));
      }
    }
  }
}

void write_frame(StateWriter& writer, const Frame& frame) {
  writer.integer(frame.program_counter);
  for (const std::uint64_t visits : frame.stream_visits) writer.integer(visits);
  for (const StepState& step : frame.steps) writer.integer(step.visits);
  write_counters(writer, frame);
  for (std::size_t id = 0; id < frame.populations.size(); ++id) {
    if (frame.owns_population(id)) writer.integer(frame.populations[id]->rows);
  }
  for (std::size_t variable = 0; variable < frame.slots.size(); ++variable) {
    if (frame.holds_content(variable)) write_slot(writer, *frame.slots[variable], frame.rows_of(variable));
  }
  write_progress(writer, frame);
  for (const ChildFrames& frames : frame.children) {
    for (std::size_t i = 0; i < frames.count(); ++i) write_frame(writer, *frames.frames[i]);
  }
}

}  // namespace

void write_checkpoint(std::ostream& stream, const Run::State& run) {
  CheckpointWriter writer(stream);
  writer.bytes(checkpoint_magic.data(), checkpoint_magic.size());
  writer.integer(checkpoint_format);
  writer.integer(plan_fingerprint(*run.plan));
  writer.integer(run.engine.options.seed);
  writer.integer(run.engine.options.flush_denormals ? 1 : 0);
  writer.real(run.engine.clock.elapsed_seconds());
  writer.real(run.engine.clock.evaluated_seconds());
  writer.checksum();
  write_frame(writer, *run.root);
  writer.checksum();
}

}  // namespace skein
