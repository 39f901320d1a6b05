#include "journal/journal_state.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "skein/random.hpp"

namespace skein {

void EvaluationJournal::State::number_steps(const Plan& plan) { number_steps(plan, 0); }

/// By their paths, which a graph with other steps may still have; steps of one node are counted.
void EvaluationJournal::State::number_steps(const Plan& plan, std::uint64_t above) {
  std::map<std::string, std::uint64_t> occurrences;
  for (const PlanStep& step : plan.steps) {
    if (!step.counts_evaluations) continue;
    numbers_[&step] = combine_hash(combine_hash(above, hash_name(step.path)), occurrences[step.path]++);
  }
  for (std::size_t i = 0; i < plan.children.size(); ++i) number_steps(*plan.children[i].plan, combine_hash(above, i));
}

std::uint64_t EvaluationJournal::State::number_of(const PlanStep& step) const {
  const auto found_number = numbers_.find(&step);
  return found_number == numbers_.end() ? hash_name(step.path) : found_number->second;
}

EvaluationJournal::State::Scan EvaluationJournal::State::learn(std::span<const std::byte> bytes, std::size_t begin) {
  Scan scan{begin, 0, 0};
  for (std::size_t place = begin; place < bytes.size();) {
    const auto record = read_record(bytes.subspan(place));
    if (!record) {
      place = next_record(bytes, place + 1);
      continue;
    }
    entries_.insert({record->key, {outputs_.size(), record->output.size(), record->failed}});
    outputs_.insert(outputs_.end(), record->output.begin(), record->output.end());
    scan.damaged_bytes += place - scan.end;
    place += record_size(record->output.size());
    scan.end = place;
    ++scan.records;
  }
  return scan;
}

void EvaluationJournal::State::learn_again() {
  const std::lock_guard lock(mutex_);
  if (std::exchange(is_as_learnt_, true)) return;
  entries_.clear();
  outputs_.clear();
  // What cannot be read is evaluated again.
  static_cast<void>(file.read([&](std::span<const std::byte> bytes) { learn(bytes, head_size); }));
}

Known EvaluationJournal::State::take(const EvaluationKey& key, std::span<std::byte> output) {
  const std::lock_guard lock(mutex_);
  const auto entry = entries_.lower_bound(key);
  if (entry == entries_.end() || entry->first != key) return Known::no;
  const Entry known = entry->second;
  if (known.size != output.size()) return Known::no;
  std::copy_n(outputs_.begin() + static_cast<std::ptrdiff_t>(known.first), known.size, output.begin());
  entries_.erase(entry);
  is_as_learnt_ = false;
  if (entries_.empty()) outputs_ = {};
  ++reused;
  return known.failed ? Known::failed : Known::finished;
}

bool EvaluationJournal::State::knows_any() {
  const std::lock_guard lock(mutex_);
  return !entries_.empty();
}

int EvaluationJournal::State::add(EvaluationRecord record,
                                  FunctionReference<void(std::vector<std::byte>& output)> append_output) noexcept {
  const std::lock_guard lock(mutex_);
  output_.clear();
  append_output(output_);
  record.output = output_;
  record_.clear();
  is_as_learnt_ = false;
  write_record(record, record_);
  const int error = file.append(record_);
  if (error == 0) {
    ++recorded;
  } else {
    has_failed = true;
  }
  return error;
}

int EvaluationJournal::State::synchronize() {
  const std::lock_guard lock(mutex_);
  const int error = file.synchronize();
  if (error != 0) has_failed = true;
  return error;
}

}  // namespace skein
