#include "run/journaled_rows.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <system_error>
#include <vector>

#include "run/checksum.hpp"
#include "state/column.hpp"

namespace skein {
namespace {

template <class Visit>
void for_each_part(const PortView& port, Visit visit) {
  for (std::size_t i = 0; i < port.part_count; ++i) visit(port.parts[i]);
  for (std::size_t i = 0; i < port.member_count; ++i) for_each_part(port.members[i], visit);
}

/// Calls `visit` for the parts of all ports that are variables and have one of the directions.
template <class Visit>
void for_each_part(const PlanStep& step, const PortView* ports, bool reads, Visit visit) {
  for (std::size_t i = 0; i < step.ports.size(); ++i) {
    const PortSpec& spec = step.table->ports[i];
    const bool is_wanted = spec.direction != (reads ? Direction::out : Direction::in);
    if (is_wanted && spec.kind != PortKind::scratch) for_each_part(ports[i], visit);
  }
}

bool is_same_for_all_rows(const ColumnView& part) noexcept { return part.row_bytes == 0; }

void add_row(Checksum& checksum, const ColumnView& part, std::size_t row) noexcept {
  checksum.add(row_data(part, row), payload_bytes(part));
}

/// Hash of what all rows of a visit are given: random keys and globals.
std::uint64_t hash_of_visit(const PlanStep& step, const StepState& state, const PortView* ports) noexcept {
  Checksum checksum;
  for (const RandomKey& key : state.keys) {
    const std::array<std::uint64_t, 4> words = {key.seed, key.frame, key.stream, key.visit};
    checksum.add(words.data(), sizeof words);
  }
  for_each_part(step, ports, true, [&](const ColumnView& part) {
    if (is_same_for_all_rows(part)) add_row(checksum, part, 0);
  });
  return checksum.value();
}

}  // namespace

JournaledRows::JournaledRows(EvaluationJournal::State& journal, Frame& frame, const PlanStep& step,
                             const StepState& state, const PortView* ports, Rows rows, bool begins)
    : journal_(&journal),
      frame_(&frame),
      step_(&step),
      state_(&state),
      ports_(ports),
      rows_(rows),
      memory_(&frame.progress.journal),
      number_(journal.number_of(step)),
      common_input_(hash_of_visit(step, state, ports)) {
  if (memory_->is_recorded.size() < frame.progress.status.size()) {
    memory_->is_recorded.resize(frame.progress.status.size());
    memory_->has_failed.resize(frame.progress.status.size());
    memory_->inputs.resize(frame.progress.status.size());
  }
  if (begins) {
    std::ranges::fill(memory_->is_recorded, std::uint8_t{0});
    std::ranges::fill(memory_->has_failed, std::uint8_t{0});
  }
  for (std::size_t row = rows.first; row < rows.last; ++row) memory_->inputs[row] = hash_of_row(row);
  for_each_part(step, ports, false, [&](const ColumnView& part) { output_bytes_ += payload_bytes(part); });
}

std::uint64_t JournaledRows::hash_of_row(std::size_t row) const noexcept {
  Checksum checksum;
  checksum.add(&common_input_, sizeof common_input_);
  for_each_part(*step_, ports_, true, [&](const ColumnView& part) {
    if (!is_same_for_all_rows(part)) add_row(checksum, part, row);
  });
  return checksum.value();
}

EvaluationKey JournaledRows::key_of(std::size_t row) const noexcept {
  return {frame_->path_hash, number_, state_->visits, row, memory_->inputs[row]};
}

template <class Visit>
void JournaledRows::for_each_output(std::size_t row, Visit visit) const {
  for_each_part(*step_, ports_, false,
                [&](const ColumnView& part) { visit(row_data(part, row), payload_bytes(part)); });
}

Known JournaledRows::take(std::size_t row) {
  std::vector<std::byte> output(output_bytes_);
  const Known known = journal_->take(key_of(row), output);
  if (known == Known::no) return known;
  const std::byte* from = output.data();
  for_each_output(row, [&](std::byte* to, std::size_t size) {
    std::memcpy(to, from, size);
    from += size;
  });
  memory_->is_recorded[row] = 1;
  return known;
}

std::size_t JournaledRows::take_open(std::span<RowStatus> status) {
  std::size_t failed = 0;
  if (!journal_->knows_any()) return failed;
  for (std::size_t row = rows_.first; row < rows_.last; ++row) {
    if (status[row] != RowStatus::pending && status[row] != RowStatus::in_flight) continue;
    const Known known = take(row);
    if (known == Known::no) continue;
    status[row] = RowStatus::done;
    if (known == Known::failed) ++failed;
  }
  return failed;
}

void JournaledRows::record(std::size_t row, bool failed) noexcept {
  if (is_recorded(row)) return;
  const auto write = [&](std::vector<std::byte>& output) {
    for_each_output(
        row, [&](const std::byte* bytes, std::size_t size) { output.insert(output.end(), bytes, bytes + size); });
  };
  const int error = journal_->add({key_of(row), failed, {}}, write);
  if (error == 0) {
    memory_->is_recorded[row] = 1;
  } else {
    int none = 0;
    error_.compare_exchange_strong(none, error);
  }
}

void JournaledRows::note_failed(std::span<const RowStatus> status) noexcept {
  for (std::size_t row = rows_.first; row < rows_.last; ++row) {
    memory_->has_failed[row] = status[row] == RowStatus::failed ? 1 : 0;
  }
}

bool JournaledRows::record_rest(std::span<const RowStatus> status) noexcept {
  for (std::size_t row = rows_.first; row < rows_.last && !has_error(); ++row) {
    if (status[row] == RowStatus::done && !is_recorded(row)) record(row, memory_->has_failed[row] != 0);
  }
  return !has_error();
}

bool JournaledRows::synchronize() noexcept {
  if (!has_error()) error_.store(journal_->synchronize(), std::memory_order_relaxed);
  return !has_error();
}

RunError JournaledRows::error() const {
  RunError error;
  error.path = step_->path;
  error.message = "The journal \"" + journal_->path +
                  "\" cannot be written: " + std::generic_category().message(error_.load(std::memory_order_relaxed)) +
                  ".";
  error.visit = state_->visits;
  return error;
}

}  // namespace skein
