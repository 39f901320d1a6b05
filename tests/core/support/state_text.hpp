// StateText: what an object saves, kept to be loaded.
#pragma once

#include <cstring>
#include <stdexcept>
#include <string>

#include "skein/object.hpp"

namespace skein::test {

class StateText final : public StateWriter, public StateReader {
 public:
  using StateReader::integer;
  using StateReader::real;
  using StateReader::text;
  using StateWriter::integer;
  using StateWriter::real;

  void bytes(const void* data, std::size_t size) override { content.append(static_cast<const char*>(data), size); }
  void bytes(void* data, std::size_t size) override {
    if (size > remaining()) throw std::runtime_error("the end");
    if (size != 0) std::memcpy(data, content.data() + position, size);
    position += size;
  }
  [[nodiscard]] std::size_t remaining() const noexcept override { return content.size() - position; }

  std::string content;
  std::size_t position = 0;
};

}  // namespace skein::test
