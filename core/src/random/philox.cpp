#include <Random123/philox.h>

#include "skein/random.hpp"

namespace skein {

std::array<std::uint64_t, 4> philox_block(const RandomKey& key, std::uint64_t block) noexcept {
  const r123::Philox4x64::key_type philox_key = {{key.seed, key.frame}};
  const r123::Philox4x64::ctr_type counter = {{key.stream, key.visit, key.group, block}};
  const r123::Philox4x64::ctr_type words = r123::Philox4x64()(counter, philox_key);
  return {words[0], words[1], words[2], words[3]};
}

}  // namespace skein
