#include "skein/object.hpp"

#include <stdexcept>

namespace skein {

StateWriter::~StateWriter() = default;
StateReader::~StateReader() = default;
ObjectVariable::~ObjectVariable() = default;

std::uint64_t ObjectVariable::reduce_memory() { return 0; }

void StateWriter::text(std::string_view value) {
  integer(value.size());
  bytes(value.data(), value.size());
}

std::uint64_t StateReader::integer() {
  std::uint64_t value = 0;
  bytes(&value, sizeof value);
  return value;
}

double StateReader::real() {
  double value = 0.0;
  bytes(&value, sizeof value);
  return value;
}

std::string StateReader::text() {
  const std::uint64_t size = integer();
  if (size > remaining()) throw std::runtime_error("a text is longer than the state that holds it");
  std::string value(static_cast<std::size_t>(size), '\0');
  bytes(value.data(), value.size());
  return value;
}

}  // namespace skein
