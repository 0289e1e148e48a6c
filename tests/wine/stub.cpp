// Stands in for programs of Windows in the Wine prefix of
// tests/scripts/collect.sh: net.exe, secedit.exe and others are copies of it.
//
// What a copy answers stands in %STUB_ANSWERS%\NAME.txt, in sections:
//
//   ### EXIT WHERE ARGUMENTS
//   the text, up to the next section
//
// EXIT is the exit code. WHERE is "out", "err", or the number of the argument
// that names the file to write. ARGUMENTS is what the program is called with,
// one blank between two of them; a star at the end stands for any rest.
// A call that no section fits ends with 99 and is noted in unknown.txt.
//
// A copy called findstr.exe does what its documentation says of the switches
// that our scripts use, because Wine has only the shell of it.
#include <windows.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include <fcntl.h>
#include <io.h>

namespace {

using Words = std::vector<std::string>;

std::string read_all(std::istream& in) {
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return read_all(file);
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return text;
}

Words lines_of(const std::string& text) {
  Words lines;
  for (std::size_t start = 0; start < text.size();) {
    auto end = text.find('\n', start);
    end = end == std::string::npos ? text.size() : end;
    std::string line = text.substr(start, end - start);
    if (line.ends_with('\r')) {
      line.pop_back();
    }
    lines.push_back(line);
    start = end + 1;
  }
  return lines;
}

std::string own_name() {
  char path[MAX_PATH] = {};
  GetModuleFileNameA(nullptr, path, MAX_PATH);
  std::string name = path;
  name = name.substr(name.find_last_of("\\/") + 1);
  return lower(name.substr(0, name.rfind('.')));
}

// The signs of a regular expression that findstr does not know are letters.
std::string to_ecmascript(const std::string& pattern) {
  std::string result;
  for (const char c : pattern) {
    if (std::string_view("(){}+?|").find(c) != std::string_view::npos) {
      result += '\\';
    }
    result += c;
  }
  return result;
}

// The files that a name with wildcards stands for.
Words files_like(const std::string& name) {
  if (name.find('*') == std::string::npos) {
    return {name};
  }
  Words files;
  WIN32_FIND_DATAA found;
  const HANDLE search = FindFirstFileA(name.c_str(), &found);
  if (search == INVALID_HANDLE_VALUE) {
    return files;
  }
  do {
    files.push_back(name.substr(0, name.find_last_of('\\') + 1) +
                    found.cFileName);
  } while (FindNextFileA(search, &found) != 0);
  FindClose(search);
  return files;
}

int findstr(const Words& arguments) {
  bool begin = false;
  bool end = false;
  bool fold = false;
  bool regular = false;
  bool invert = false;
  bool names = false;  // of files only; here the exit code is what counts
  Words patterns;
  Words files;
  for (const std::string& word : arguments) {
    const std::string option = lower(word);
    if (option == "/b") {
      begin = true;
    } else if (option == "/e") {
      end = true;
    } else if (option == "/x") {
      begin = end = true;
    } else if (option == "/i") {
      fold = true;
    } else if (option == "/m") {
      names = true;
    } else if (option == "/v") {
      invert = true;
    } else if (option == "/r") {
      regular = true;
    } else if (option == "/l") {
      regular = false;
    } else if (option.starts_with("/c:")) {
      patterns.push_back(word.substr(3));
    } else if (option.starts_with("/g:")) {
      patterns = lines_of(read_file(word.substr(3)));
    } else if (patterns.empty()) {
      for (std::size_t start = 0; start <= word.size();) {
        const auto blank = std::min(word.find(' ', start), word.size());
        if (blank > start) {
          patterns.push_back(word.substr(start, blank - start));
        }
        start = blank + 1;
      }
    } else {
      const Words found = files_like(word);
      files.insert(files.end(), found.begin(), found.end());
    }
  }
  std::string text;
  if (files.empty()) {
    text = read_all(std::cin);
  }
  for (const std::string& file : files) {
    text += read_file(file);
  }
  const auto fits = [&](const std::string& line, const std::string& pattern) {
    if (regular) {
      auto flags = std::regex::ECMAScript;
      flags |= fold ? std::regex::icase : std::regex::ECMAScript;
      return std::regex_search(line, std::regex(to_ecmascript(pattern), flags));
    }
    const std::string where = fold ? lower(line) : line;
    const std::string what = fold ? lower(pattern) : pattern;
    if (begin && end) {
      return where == what;
    }
    return begin ? where.starts_with(what)
           : end ? where.ends_with(what)
                 : where.find(what) != std::string::npos;
  };
  bool found = false;
  for (const std::string& line : lines_of(text)) {
    const bool hit =
        std::any_of(patterns.begin(), patterns.end(),
                    [&](const std::string& p) { return fits(line, p); });
    if (hit != invert) {
      std::cout << (names ? "" : line + "\r\n");
      found = true;
    }
  }
  std::cout.flush();
  return found ? 0 : 1;
}

struct Section {
  int exit = 0;
  std::string where;
  std::string arguments;
  std::string text;
};

std::vector<Section> sections_of(const std::string& answers) {
  constexpr std::string_view kMark = "### ";
  std::vector<Section> sections;
  for (std::size_t start = 0; start < answers.size();) {
    auto end = answers.find('\n', start);
    end = end == std::string::npos ? answers.size() : end + 1;
    std::string line = answers.substr(start, end - start);
    start = end;
    if (!line.starts_with(kMark)) {
      if (!sections.empty()) {
        sections.back().text += line;
      }
      continue;
    }
    while (line.ends_with('\n') || line.ends_with('\r')) {
      line.pop_back();
    }
    const auto first = line.find(' ', kMark.size());
    const auto second = line.find(' ', first + 1);
    Section section;
    section.exit = std::stoi(line.substr(kMark.size()));
    section.where = line.substr(first + 1, second - first - 1);
    section.arguments =
        second == std::string::npos ? "" : line.substr(second + 1);
    sections.push_back(section);
  }
  return sections;
}

int answer(const std::string& name, const Words& arguments) {
  const char* variable = std::getenv("STUB_ANSWERS");
  const std::string folder = variable == nullptr ? "." : variable;
  std::string call;
  for (const std::string& word : arguments) {
    call += (call.empty() ? "" : " ") + word;
  }
  for (const Section& section :
       sections_of(read_file(folder + "\\" + name + ".txt"))) {
    std::string wanted = section.arguments;
    const bool any_rest = wanted.ends_with('*');
    if (any_rest) {
      wanted.pop_back();
    }
    if (any_rest ? !call.starts_with(wanted) : call != wanted) {
      continue;
    }
    if (section.where == "out") {
      std::cout << section.text;
    } else if (section.where == "err") {
      std::cerr << section.text;
    } else {
      std::ofstream(arguments.at(std::stoul(section.where) - 1),
                    std::ios::binary)
          << section.text;
    }
    return section.exit;
  }
  std::ofstream(folder + "\\unknown.txt", std::ios::app)
      << name << ' ' << call << '\n';
  return 99;
}

}  // namespace

int main(int argc, char** argv) {
  _setmode(_fileno(stdin), _O_BINARY);
  _setmode(_fileno(stdout), _O_BINARY);
  const Words arguments(argv + 1, argv + argc);
  const std::string name = own_name();
  return name == "findstr" ? findstr(arguments) : answer(name, arguments);
}
