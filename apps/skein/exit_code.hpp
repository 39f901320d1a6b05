// Exit codes of the tool: a contract.
#pragma once

namespace skein::tool {

inline constexpr int exit_done = 0;
inline constexpr int exit_failed = 1;           ///< the run failed, or output failed during it
inline constexpr int exit_wrong_input = 2;      ///< found before anything was done
inline constexpr int exit_short_of_memory = 3;  ///< the run paused, and its state is kept
inline constexpr int exit_interrupted = 130;    ///< after writing what there was

}  // namespace skein::tool
