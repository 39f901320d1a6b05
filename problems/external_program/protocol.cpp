#include "problems/external_program/protocol.hpp"

#include <cmath>
#include <optional>

#include "skein/json.hpp"

namespace skein::external_program {
namespace {

/// The beginning of a text that may hold anything.
std::string printable(const std::string& line, std::size_t longest) {
  std::string text;
  for (const char character : line.substr(0, longest)) {
    const auto byte = static_cast<unsigned char>(character);
    text += byte < 0x20 || byte == 0x7f ? '?' : character;
  }
  return text + (line.size() > longest ? "…" : "");
}

std::string excerpt(const std::string& line) { return "'" + printable(line, 60) + "'"; }

std::string as_json(const Value& value) { return excerpt(write_json(value, JsonLayout::one_line)); }

/// The value's number; what is wrong with it otherwise.
std::variant<double, BadAnswer> number(const Value& value, const std::string& what) {
  if (!value.is_number()) return BadAnswer{"answered with " + as_json(value) + " as " + what + ", which is no number"};
  if (!std::isfinite(value.number())) return BadAnswer{"answered with a number as " + what + " that is not finite"};
  return value.number();
}

}  // namespace

std::string request_line(std::uint64_t id, std::span<const double> position) {
  Object request;
  request.push_back({"id", {}, id});
  request.push_back({"position", {}, List(position.begin(), position.end())});
  return write_json(request, JsonLayout::one_line) + "\n";
}

std::variant<ConstrainedValue, BadAnswer> read_answer(const std::string& line, std::uint64_t id) {
  Diagnostics ignored;
  const std::optional<Value> answer = parse_json(line, "", ignored);
  if (!answer || !answer->is_object()) return BadAnswer{"answered with " + excerpt(line) + ", which is no JSON object"};
  const Value* of = answer->find("id");
  if (of == nullptr || !of->is_integer()) return BadAnswer{"answered without the 'id' of the request"};
  if (!of->is_integer() || of->number() != static_cast<double>(id)) {
    return BadAnswer{"answered request " + as_json(*of) + " instead of " + std::to_string(id)};
  }
  if (const Value* error = answer->find("error")) {
    constexpr std::size_t longest = 500;
    const std::string text = error->is_text() ? error->text() : write_json(*error, JsonLayout::one_line);
    return BadAnswer{"says: " + printable(text, longest)};
  }
  const Value* objectives = answer->find("objectives");
  if (objectives == nullptr || !objectives->is_list()) return BadAnswer{"answered without a list of 'objectives'"};
  if (objectives->list().size() != 1) {
    return BadAnswer{"answered with " + std::to_string(objectives->list().size()) + " objectives instead of 1"};
  }
  ConstrainedValue result;
  const auto objective = number(objectives->list().front(), "the objective");
  if (const auto* bad = std::get_if<BadAnswer>(&objective)) return *bad;
  result.value = std::get<double>(objective);
  const Value* violation = answer->find("violation");
  if (violation == nullptr) return result;
  const auto found = number(*violation, "the violation");
  if (const auto* bad = std::get_if<BadAnswer>(&found)) return *bad;
  result.violation = std::get<double>(found);
  if (result.violation < 0.0) return BadAnswer{"answered with a negative violation"};
  return result;
}

}  // namespace skein::external_program
