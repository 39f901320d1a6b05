#include "skein/archive.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "skein/type.hpp"

namespace skein {
namespace {

constexpr std::size_t most_objectives = 64;
/// By how much, in units of the objectives' ranges, an entry may be worse that another one stands for.
constexpr double nearly_dominated = 0.001;
constexpr std::size_t most_parts = 64;
constexpr std::size_t most_bytes = std::size_t{1} << 40U;

template <class T>
std::size_t bytes_of(const std::vector<T>& memory) noexcept {
  return memory.capacity() * sizeof(T);
}

}  // namespace

Attachment::~Attachment() = default;

void Archive::add_part(Element element, std::size_t width) {
  parts_.push_back({element, width, bytes_});
  const std::size_t aligned = (width * element_bytes(element) + 7) / 8 * 8;
  bytes_ += aligned;
}

void Archive::reserve(std::size_t capacity) {
  capacity_ = capacity;
  fitness_.resize(capacity * fitness_width_);
  solutions_.resize(capacity * bytes_);
  slots_.reserve(capacity);
  crowding_.reserve(capacity);
  is_used_.resize(capacity);
  new_slots_.reserve(capacity);
}

void Archive::start(const Bundle& solutions, std::size_t fitness_width, std::size_t capacity, std::size_t rows) {
  Archive fresh;
  fresh.fitness_width_ = fitness_width;
  for (std::size_t i = 0; i < solutions.part_count(); ++i) {
    fresh.add_part(solutions.parts()[i].element, solutions.parts()[i].width);
  }
  fresh.reserve(std::clamp<std::size_t>(capacity, 1, largest_capacity));
  fresh.selection_.reserve(fresh.capacity_ + rows, fitness_width);
  *this = std::move(fresh);
}

bool Archive::holds_solutions_like(const Bundle& solutions) const noexcept {
  if (solutions.part_count() != parts_.size()) return false;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const ColumnView& part = solutions.parts()[i];
    if (part.element != parts_[i].element || part.width != parts_[i].width) return false;
  }
  return true;
}

void Archive::store(std::size_t slot, const Bundle& from, std::size_t row) noexcept {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const ColumnView& part = from.parts()[i];
    std::memcpy(solutions_.data() + slot * bytes_ + parts_[i].offset, part.data + row * part.row_bytes,
                part.width * element_bytes(part.element));
  }
}

void Archive::copy_solution(std::size_t place, const Bundle& to, std::size_t row) const noexcept {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const ColumnView& part = to.parts()[i];
    std::memcpy(part.data + row * part.row_bytes, stored(slots_[place]) + parts_[i].offset,
                part.width * element_bytes(part.element));
  }
}

std::vector<ColumnView> Archive::solution(std::size_t place) const {
  std::vector<ColumnView> columns;
  for (const Part& part : parts_) {
    // Views are made for writing, too; nobody writes to this one.
    auto* const data = const_cast<std::byte*>(stored(slots_[place])) + part.offset;
    columns.push_back({data, 0, part.width, part.element});
  }
  return columns;
}

void Archive::select_entries() {
  selection_.begin(fitness_width_);
  for (std::size_t place = 0; place < size(); ++place) selection_.add(fitness(place).data);
}

/// Keeps those entries that are selected, in that order.
void Archive::keep_selected() {
  std::ranges::fill(is_used_, std::uint8_t{0});
  new_slots_.clear();
  for (const std::uint32_t place : selection_.chosen()) {
    new_slots_.push_back(slots_[place]);
    is_used_[slots_[place]] = 1;
  }
  for (std::size_t slot = 0; slot < held_.size(); ++slot) {
    if (is_used_[slot] == 0) held_[slot] = {};
  }
  slots_.swap(new_slots_);
  crowding_.assign(selection_.crowding().begin(), selection_.crowding().end());
}

void Archive::update(const InFitness& fitness, const Bundle& solutions, Truncation truncation) {
  select_entries();
  for (std::size_t row = 0; row < fitness.rows(); ++row) selection_.add(fitness.row(row));
  selection_.keep_non_dominated();
  selection_.truncate(capacity_, truncation);

  const std::size_t old_size = size();
  std::ranges::fill(is_used_, std::uint8_t{0});
  for (const std::uint32_t candidate : selection_.chosen()) {
    if (candidate < old_size) is_used_[slots_[candidate]] = 1;
  }
  for (std::size_t slot = 0; slot < held_.size(); ++slot) {
    if (is_used_[slot] == 0) held_[slot] = {};
  }
  new_slots_.clear();
  std::uint32_t free = 0;
  for (const std::uint32_t candidate : selection_.chosen()) {
    if (candidate < old_size) {
      new_slots_.push_back(slots_[candidate]);
      continue;
    }
    while (is_used_[free] != 0) ++free;
    is_used_[free] = 1;
    const std::size_t row = candidate - old_size;
    std::copy_n(fitness.row(row), fitness_width_, fitness_.data() + free * fitness_width_);
    store(free, solutions, row);
    new_slots_.push_back(free);
  }
  slots_.swap(new_slots_);
  crowding_.assign(selection_.crowding().begin(), selection_.crowding().end());
}

std::optional<double> Archive::hypervolume(std::span<const double> reference) const noexcept {
  const std::size_t objectives = objective_count();
  if (objectives > 2 || reference.size() != objectives) return std::nullopt;
  double volume = 0;
  double height = reference.back();
  for (std::size_t place = 0; place < size(); ++place) {
    const FitnessRow entry = fitness(place);
    if (entry.violation() != 0 || !(entry.objective(0) < reference[0])) continue;
    if (objectives == 1) return reference[0] - entry.objective(0);
    if (!(entry.objective(1) < height)) continue;
    volume += (reference[0] - entry.objective(0)) * (height - entry.objective(1));
    height = entry.objective(1);
  }
  return volume;
}

Archive::Freed Archive::compress(std::size_t size, Truncation truncation) {
  const std::size_t entries = this->size();
  const std::size_t bytes = size_in_bytes();
  select_entries();
  selection_.keep_non_dominated();
  selection_.truncate(std::max<std::size_t>(size, 1), truncation);
  keep_selected();
  return {entries - this->size(), bytes - std::min(bytes, size_in_bytes())};
}

Archive::Freed Archive::prune(double epsilon) {
  const std::size_t entries = size();
  const std::size_t bytes = size_in_bytes();
  select_entries();
  selection_.keep_non_dominated();
  selection_.drop_nearly_dominated(epsilon);
  selection_.truncate(entries, Truncation::crowding);
  keep_selected();
  return {entries - size(), bytes - std::min(bytes, size_in_bytes())};
}

Archive::Freed Archive::shrink(std::size_t capacity) {
  if (!started()) return {};
  capacity = std::max({capacity, size(), std::size_t{1}});
  if (capacity >= capacity_) return {};
  const std::size_t bytes = size_in_bytes();
  Archive smaller;
  smaller.fitness_width_ = fitness_width_;
  smaller.parts_ = parts_;
  smaller.bytes_ = bytes_;
  smaller.reserve(capacity);
  if (!held_.empty()) smaller.held_.resize(capacity);
  for (std::size_t place = 0; place < size(); ++place) {
    const std::size_t slot = slots_[place];
    std::copy_n(fitness(place).data, fitness_width_, smaller.fitness_.data() + place * fitness_width_);
    if (bytes_ != 0) std::memcpy(smaller.solutions_.data() + place * bytes_, stored(slot), bytes_);
    if (!held_.empty()) smaller.held_[place] = held_[slot];
    smaller.slots_.push_back(static_cast<std::uint32_t>(place));
    smaller.crowding_.push_back(crowding_[place]);
  }
  *this = std::move(smaller);
  return {0, bytes - std::min(bytes, size_in_bytes())};
}

Archive::Freed Archive::release_scratch() {
  const std::size_t bytes = selection_.size_in_bytes();
  selection_.release();
  return {0, bytes};
}

void Archive::attach(std::size_t place, const std::shared_ptr<const Attachment>& attachment) {
  if (held_.empty()) held_.resize(capacity_);
  held_[slots_[place]] = {attachment, attachment};
}

std::shared_ptr<const Attachment> Archive::attachment(std::size_t place) const {
  return held_.empty() ? nullptr : held_[slots_[place]].known.lock();
}

Archive::Freed Archive::release_attachments() noexcept {
  Freed freed;
  for (Held& held : held_) {
    if (held.kept == nullptr) continue;
    const std::size_t bytes = held.kept->size_in_bytes();
    held.kept.reset();
    if (held.known.expired()) freed.bytes += bytes;
  }
  return freed;
}

std::size_t Archive::attachment_count() const noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(held_, [](const Held& held) { return !held.known.expired(); }));
}

std::uint64_t Archive::reduce_memory() {
  std::uint64_t freed = release_attachments().bytes;
  if (capacity_ <= least_entries) return freed;
  const std::size_t before = size_in_bytes();
  const std::size_t half = std::max(capacity_ / 2, least_entries);
  prune(nearly_dominated);
  if (size() > half) compress(half, Truncation::clustering);
  // The next update takes as much again as it needs, which is less than before.
  release_scratch();
  shrink(half);
  const std::size_t after = size_in_bytes();
  return freed += before - std::min(before, after);
}

std::size_t Archive::size_in_bytes() const noexcept {
  std::size_t bytes = sizeof *this + bytes_of(parts_) + bytes_of(fitness_) + bytes_of(solutions_) + bytes_of(slots_) +
                      bytes_of(crowding_) + bytes_of(is_used_) + bytes_of(new_slots_) + bytes_of(held_) +
                      selection_.size_in_bytes();
  for (const Held& held : held_) bytes += held.kept == nullptr ? 0 : held.kept->size_in_bytes();
  return bytes;
}

std::unique_ptr<ObjectVariable> Archive::clone() const {
  auto copy = std::make_unique<Archive>(*this);
  for (Held& held : copy->held_) held.kept.reset();
  return copy;
}

void Archive::save(StateWriter& writer) const {
  writer.integer(capacity_);
  writer.integer(fitness_width_);
  writer.integer(parts_.size());
  for (const Part& part : parts_) {
    writer.integer(static_cast<std::uint64_t>(part.element));
    writer.integer(part.width);
  }
  writer.integer(size());
  for (std::size_t place = 0; place < size(); ++place) {
    writer.bytes(fitness(place).data, fitness_width_ * sizeof(double));
    writer.bytes(stored(slots_[place]), bytes_);
    writer.real(crowding_[place]);
  }
}

void Archive::load(StateReader& reader) {
  Archive read;
  const std::uint64_t capacity = reader.integer();
  read.fitness_width_ = static_cast<std::size_t>(reader.integer());
  const std::uint64_t parts = reader.integer();
  if (capacity > largest_capacity || read.fitness_width_ < 2 || read.fitness_width_ > 1 + most_objectives ||
      parts > most_parts) {
    throw std::runtime_error("the size of an archive makes no sense");
  }
  for (std::uint64_t i = 0; i < parts; ++i) {
    const std::uint64_t element = reader.integer();
    const std::uint64_t width = reader.integer();
    if (element > static_cast<std::uint64_t>(Element::index) || width > most_bytes) {
      throw std::runtime_error("the solutions of an archive make no sense");
    }
    read.add_part(static_cast<Element>(element), static_cast<std::size_t>(width));
  }
  const std::uint64_t size = reader.integer();
  const std::size_t entry_bytes = (read.fitness_width_ + 1) * sizeof(double) + read.bytes_;
  if (size > capacity || size > reader.remaining() / entry_bytes || capacity > most_bytes / entry_bytes) {
    throw std::runtime_error("an archive holds other entries than it should");
  }
  read.reserve(static_cast<std::size_t>(capacity));
  for (std::uint64_t place = 0; place < size; ++place) {
    reader.bytes(read.fitness_.data() + place * read.fitness_width_, read.fitness_width_ * sizeof(double));
    reader.bytes(read.solutions_.data() + place * read.bytes_, read.bytes_);
    read.slots_.push_back(static_cast<std::uint32_t>(place));
    read.crowding_.push_back(reader.real());
  }
  *this = std::move(read);
}

}  // namespace skein
