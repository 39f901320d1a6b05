#include "tests/support/file_checksum.hpp"

#include <iomanip>
#include <sstream>

#include "run/checksum.hpp"

namespace skein::tests {

std::string file_checksum(std::string_view lines) {
  Checksum checksum;
  checksum.add(lines.data(), lines.size());
  std::ostringstream digits;
  digits << std::hex << std::setw(16) << std::setfill('0') << checksum.value();
  return digits.str();
}

}  // namespace skein::tests
