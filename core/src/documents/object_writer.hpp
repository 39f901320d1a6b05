// What the writers of documents share: members in canonical order, defaults left out.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "skein/graph.hpp"
#include "skein/value.hpp"

namespace skein {

/// Appends a member.
void put(Object& object, std::string key, Value value);

/// Appends a member unless the text, object or list is empty.
void put_text(Object& object, std::string key, std::string text);
void put_object(Object& object, std::string key, Object members);

void put_requirements(Object& object, const std::vector<std::pair<std::string, std::string>>& requirements);

/// A number of the document: an integer where that says the same.
[[nodiscard]] Value written_number(double number);

/// A value as a document can hold it: infinities and NaN become the expressions "= inf", "= -inf" and "= nan".
[[nodiscard]] Value written_value(const Value& value);
[[nodiscard]] Object written_members(const Object& members);

}  // namespace skein
