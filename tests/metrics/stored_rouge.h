// ROUGE of the beginnings of documents (rouge_test.cpp), computed by rouge-score 0.1.2: `rouge_test.py --stored` prints them.
#pragma once
#include <array>
#include <cstddef>

namespace mynah::metrics {

struct StoredRouge {
  const char* file;
  std::size_t rows;  // at most
  bool characters;
  std::array<double, 4> best, mean;  // over references; ROUGE-1, ROUGE-2, ROUGE-L, ROUGE-Lsum
};

inline constexpr std::array<StoredRouge, 16> kStoredRouge{{
    {"acl-title-en/dev.jsonl.xz", 200, false, {{22.8082, 10.0995, 17.6607, 19.2715}}, {{22.8082, 10.0995, 17.6607, 19.2715}}},
    {"acl-title-en/test.jsonl.xz", 200, false, {{21.5190, 8.9406, 16.7230, 18.4335}}, {{21.5190, 8.9406, 16.7230, 18.4335}}},
    {"aeslc/dev.jsonl.xz", 200, false, {{18.6154, 12.5156, 17.5712, 17.9972}}, {{13.3878, 7.0585, 12.3361, 12.6630}}},
    {"aeslc/test.jsonl.xz", 200, false, {{22.6671, 14.5036, 20.0154, 21.2846}}, {{15.8313, 7.8617, 13.7247, 14.6492}}},
    {"arxiv-title-en/dev.jsonl.xz", 200, false, {{19.3879, 6.9150, 13.9641, 16.3486}}, {{19.3879, 6.9150, 13.9641, 16.3486}}},
    {"arxiv-title-en/test.jsonl.xz", 200, false, {{20.0133, 7.4878, 14.7413, 16.6043}}, {{20.0133, 7.4878, 14.7413, 16.6043}}},
    {"cnndm-tokenized/test.jsonl.xz", 200, false, {{29.7246, 10.5377, 20.2765, 26.4478}}, {{29.7246, 10.5377, 20.2765, 26.4478}}},
    {"csl-title-zh/dev.jsonl.xz", 200, true, {{18.8138, 14.1446, 16.8715, 16.8715}}, {{18.8138, 14.1446, 16.8715, 16.8715}}},
    {"qmsum-meeting/dev.jsonl.xz", 200, false, {{15.5467, 2.9659, 9.8466, 11.7818}}, {{15.5467, 2.9659, 9.8466, 11.7818}}},
    {"qmsum-meeting/test.jsonl.xz", 200, false, {{12.5957, 2.4079, 8.7280, 9.8171}}, {{12.5957, 2.4079, 8.7280, 9.8171}}},
    {"scitldr-a/dev.jsonl.xz", 200, false, {{30.2884, 10.8331, 21.0343, 23.6976}}, {{25.4237, 6.9826, 17.3222, 19.4754}}},
    {"scitldr-a/test.jsonl.xz", 200, false, {{31.7639, 11.8417, 22.9203, 24.8898}}, {{23.9236, 5.8342, 16.5847, 18.3174}}},
    {"sumpubmed/dev.jsonl.xz", 200, false, {{16.0362, 4.6871, 10.9230, 13.6521}}, {{16.0362, 4.6871, 10.9230, 13.6521}}},
    {"sumpubmed/test.jsonl.xz", 200, false, {{15.7367, 4.1679, 10.7356, 13.3376}}, {{15.7367, 4.1679, 10.7356, 13.3376}}},
    {"usgov-blog-summary/dev.jsonl.xz",
     200,
     false,
     {{26.4636, 10.6395, 20.4377, 22.2559}},
     {{26.4636, 10.6395, 20.4377, 22.2559}}},
    {"usgov-blog-title/dev.jsonl.xz", 200, false, {{14.4563, 5.0233, 12.3630, 13.1426}}, {{14.4563, 5.0233, 12.3630, 13.1426}}},
}};

}  // namespace mynah::metrics
