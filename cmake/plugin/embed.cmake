# Writes the source file that holds the embedded documents of one plugin. Run by skein_embed at build time:
# cmake -DNAME=... -DROOT=... -DLIST=<file with one path per line> -DOUTPUT=... -P embed.cmake
cmake_minimum_required(VERSION 3.25)

file(STRINGS ${LIST} files ENCODING UTF-8)
set(entries "")
foreach(file IN LISTS files)
  file(READ "${file}" text)
  cmake_path(GET file STEM LAST_ONLY name)
  cmake_path(RELATIVE_PATH file BASE_DIRECTORY ${ROOT} OUTPUT_VARIABLE path)
  string(FIND "${text}" ")skein\"" position)
  if(NOT position EQUAL -1)
    message(FATAL_ERROR "${path}: holds )skein\", which ends the raw string it is embedded as")
  endif()
  string(APPEND entries "    {\"${name}\", \"${path}\", R\"skein(${text})skein\"},\n")
endforeach()

list(LENGTH files count)
string(CONCAT source
  "// Generated: see skein_embed in SkeinPlugin.cmake.\n"
  "#include \"skein_embedded/${NAME}.hpp\"\n\n"
  "#include <array>\n\n"
  "namespace skein::embedded {\n\nnamespace {\n\n"
  "constexpr std::array<EmbeddedDocument, ${count}> documents{{\n${entries}}};\n\n"
  "}  // namespace\n\n"
  "std::span<const EmbeddedDocument> ${NAME}() noexcept { return documents; }\n\n"
  "}  // namespace skein::embedded\n")
file(WRITE ${OUTPUT} "${source}")
