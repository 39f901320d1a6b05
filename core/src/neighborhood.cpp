#include "skein/neighborhood.hpp"

#include <algorithm>
#include <stdexcept>

#include "skein/type.hpp"

namespace skein {
namespace {

void append_sorted_unique(std::vector<std::uint32_t>& all, std::size_t first) {
  const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(begin, all.end());
  all.erase(std::unique(begin, all.end()), all.end());
}

/// New row of every old row, the lowest one where there are several; `no_row` for a row that left.
std::vector<std::uint32_t> new_rows_of(const RowMap& map) {
  std::vector<std::uint32_t> new_rows(map.old_count, no_row);
  for (std::size_t row = map.old_rows.size(); row-- > 0;) {
    if (map.old_rows[row] < map.old_count) new_rows[map.old_rows[row]] = static_cast<std::uint32_t>(row);
  }
  return new_rows;
}

}  // namespace

void Neighborhood::set_complete() noexcept {
  form_ = Form::complete;
  offsets_.clear();
  informants_.clear();
}

void Neighborhood::set_ring(std::size_t radius) noexcept {
  set_complete();
  form_ = Form::ring;
  radius_ = std::max<std::size_t>(radius, 1);
}

void Neighborhood::set_rows(std::span<const std::vector<std::uint32_t>> informants) {
  for (const auto& list : informants) {
    const auto outside = [&](std::uint32_t row) { return row >= informants.size(); };
    if (std::ranges::any_of(list, outside)) throw std::invalid_argument("an informant is no row of the swarm");
  }
  form_ = Form::rows;
  offsets_.assign(1, 0);
  informants_.clear();
  for (std::size_t row = 0; row < informants.size(); ++row) {
    const std::size_t first = informants_.size();
    informants_.insert(informants_.end(), informants[row].begin(), informants[row].end());
    informants_.push_back(static_cast<std::uint32_t>(row));
    append_sorted_unique(informants_, first);
    offsets_.push_back(informants_.size());
  }
}

std::size_t Neighborhood::size_in_bytes() const noexcept {
  return sizeof *this + offsets_.capacity() * sizeof(std::size_t) + informants_.capacity() * sizeof(std::uint32_t);
}

std::unique_ptr<ObjectVariable> Neighborhood::clone() const { return std::make_unique<Neighborhood>(*this); }

void Neighborhood::save(StateWriter& writer) const {
  writer.integer(static_cast<std::uint64_t>(form_));
  writer.integer(radius_);
  if (form_ != Form::rows) return;
  writer.integer(offsets_.size() - 1);
  for (std::size_t row = 0; row + 1 < offsets_.size(); ++row) {
    const std::size_t count = offsets_[row + 1] - offsets_[row];
    writer.integer(count);
    writer.bytes(informants_.data() + offsets_[row], count * sizeof(std::uint32_t));
  }
}

void Neighborhood::load(StateReader& reader) {
  const std::uint64_t form = reader.integer();
  const std::uint64_t radius = reader.integer();
  if (form > static_cast<std::uint64_t>(Form::rows)) throw std::runtime_error("unknown form of a neighbourhood");
  if (static_cast<Form>(form) == Form::complete) return set_complete();
  if (static_cast<Form>(form) == Form::ring) return set_ring(static_cast<std::size_t>(radius));
  const std::uint64_t rows = reader.integer();
  if (rows > reader.remaining() / sizeof rows) throw std::runtime_error("a neighbourhood is cut short");
  std::vector<std::vector<std::uint32_t>> informants(static_cast<std::size_t>(rows));
  for (auto& list : informants) {
    const std::uint64_t count = reader.integer();
    if (count > rows || count > reader.remaining() / sizeof(std::uint32_t)) {
      throw std::runtime_error("a neighbourhood has a list that is too long");
    }
    list.resize(static_cast<std::size_t>(count));
    reader.bytes(list.data(), list.size() * sizeof(std::uint32_t));
  }
  set_rows(informants);
}

void Neighborhood::rows_changed(const RowMap& map) {
  if (form_ != Form::rows) return;
  const std::vector<std::uint32_t> new_rows = new_rows_of(map);
  std::vector<std::vector<std::uint32_t>> informants(map.old_rows.size());
  for (std::size_t row = 0; row < informants.size(); ++row) {
    const std::size_t old_row = map.old_rows[row];
    if (old_row >= map.old_count || old_row + 1 >= offsets_.size()) continue;
    for (std::size_t edge = offsets_[old_row]; edge < offsets_[old_row + 1]; ++edge) {
      const std::uint32_t old_informant = informants_[edge];
      const std::uint32_t informant = old_informant < new_rows.size() ? new_rows[old_informant] : no_row;
      if (informant != no_row) informants[row].push_back(informant);
    }
  }
  set_rows(informants);
}

}  // namespace skein
