#include "documents/object_reader.hpp"

#include <algorithm>
#include <utility>

#include "documents/joined.hpp"
#include "documents/utf8.hpp"

namespace skein {
ObjectReader::ObjectReader(const Value& value, std::string path, Diagnostics& diagnostics)
    : value_(value), path_(std::move(path)), diagnostics_(diagnostics) {
  (void)read_object(value_, path_, diagnostics_);
}

std::string ObjectReader::path_to(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "/" + std::string(key);
}

const Value* ObjectReader::find(std::string_view key, Presence presence) {
  if (std::find(known_keys_.begin(), known_keys_.end(), key) == known_keys_.end()) known_keys_.emplace_back(key);
  const Value* found = value_.find(key);
  if (found == nullptr && presence == Presence::required && is_object()) missing_keys_.emplace_back(key);
  return found;
}

std::optional<bool> ObjectReader::boolean(std::string_view key, Presence presence) {
  const Value* value = find(key, presence);
  return value != nullptr ? read_boolean(*value, path_to(key), diagnostics_) : std::nullopt;
}

std::optional<std::int64_t> ObjectReader::integer(std::string_view key, std::int64_t minimum, std::int64_t maximum,
                                                  Presence presence) {
  const Value* value = find(key, presence);
  return value != nullptr ? read_integer(*value, path_to(key), diagnostics_, minimum, maximum) : std::nullopt;
}

std::optional<std::uint64_t> ObjectReader::unsigned_integer(std::string_view key, Presence presence) {
  const Value* value = find(key, presence);
  return value != nullptr ? read_unsigned(*value, path_to(key), diagnostics_) : std::nullopt;
}

std::optional<double> ObjectReader::real(std::string_view key, const RealRules& rules, Presence presence) {
  const Value* value = find(key, presence);
  return value != nullptr ? read_real(*value, path_to(key), diagnostics_, rules) : std::nullopt;
}

std::optional<std::string> ObjectReader::text(std::string_view key, Presence presence) {
  const Value* value = find(key, presence);
  return value != nullptr ? read_text(*value, path_to(key), diagnostics_) : std::nullopt;
}

const List* ObjectReader::list(std::string_view key, Presence presence) {
  const Value* value = find(key, presence);
  return value != nullptr ? read_list(*value, path_to(key), diagnostics_) : nullptr;
}

const Value* ObjectReader::object(std::string_view key, Presence presence) {
  const Value* value = find(key, presence);
  return value != nullptr ? read_object(*value, path_to(key), diagnostics_) : nullptr;
}

void ObjectReader::finish() {
  if (!is_object()) return;
  for (const Member& member : value_.object()) {
    if (std::find(known_keys_.begin(), known_keys_.end(), member.key) != known_keys_.end()) continue;
    Diagnostic diagnostic;
    diagnostic.code = "unknown-key";
    diagnostic.where = member.key_where;
    diagnostic.path = path_to(member.key);
    diagnostic.message = "the key " + in_quotes(member.key) + " is not known here";
    diagnostic.expected = known_keys_.empty() ? "an empty object" : joined(known_keys_);
    diagnostic.found = in_quotes(member.key);
    diagnostic.suggestion = nearest_name(member.key, known_keys_);
    std::erase(missing_keys_, diagnostic.suggestion);  // it was meant
    diagnostics_.add(std::move(diagnostic));
  }
  for (const std::string& key : missing_keys_) {
    Diagnostic diagnostic;
    diagnostic.code = "missing-key";
    diagnostic.where = value_.where;
    diagnostic.path = path_;
    diagnostic.message = "the key " + in_quotes(key) + " is missing";
    diagnostics_.add(std::move(diagnostic));
  }
}

}  // namespace skein
