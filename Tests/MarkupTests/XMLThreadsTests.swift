import CXML2
import Foundation
import Synchronization
import Testing

@testable import Markup

/// The first use of libxml2, by two threads at once: in a process of its own, since there is one first use.
struct XMLThreadsTests {
    @Test("What all threads share is made once, before any of them uses it")
    func shared() async {
        await #expect(processExitsWith: .success) {
            // The library asks for memory here; nothing else in this process has used it yet.
            let refusal = unsafe xmlMemSetup(
                { unsafe free($0) }, { unsafe Allocations.malloc($0) }, { unsafe realloc($0, $1) },
                { unsafe $0.flatMap { unsafe strdup($0) } })
            precondition(refusal == 0)
            let slow = Thread {
                Allocations.beSlow()
                _ = XMLWriter()
                Allocations.slowIsDone.store(true, ordering: .sequentiallyConsistent)
            }
            slow.start()
            while !Allocations.slowHasBegun.load(ordering: .sequentiallyConsistent) { usleep(100) }
            // The slow one stands still in its first allocation. A writer that comes now must wait for it, and find
            // everything made.
            let first = Allocations.counted { _ = XMLWriter() }
            Allocations.otherIsDone.store(true, ordering: .sequentiallyConsistent)
            while !Allocations.slowIsDone.load(ordering: .sequentiallyConsistent) { usleep(100) }
            let later = Allocations.counted { _ = XMLWriter() }
            precondition(first > 0 && first == later, "\(first) allocations, then \(later)")
        }
    }

    /// What the threads ask for, and one that waits before it gets it.
    private enum Allocations {
        static let nobody: UInt = 0
        static let slow = Atomic<UInt>(nobody)
        static let slowHasBegun = Atomic<Bool>(false)
        static let slowIsDone = Atomic<Bool>(false)
        static let otherIsDone = Atomic<Bool>(false)
        static let watched = Atomic<UInt>(nobody)
        static let count = Atomic<Int>(0)

        static func beSlow() { slow.store(UInt(pthread_self()), ordering: .sequentiallyConsistent) }

        /// How many pieces of memory `body` asks for on this thread.
        static func counted(_ body: () -> Void) -> Int {
            count.store(0, ordering: .sequentiallyConsistent)
            watched.store(UInt(pthread_self()), ordering: .sequentiallyConsistent)
            body()
            watched.store(nobody, ordering: .sequentiallyConsistent)
            return count.load(ordering: .sequentiallyConsistent)
        }

        static func malloc(_ size: Int) -> UnsafeMutableRawPointer? {
            let me = UInt(pthread_self())
            if watched.load(ordering: .sequentiallyConsistent) == me {
                count.add(1, ordering: .sequentiallyConsistent)
            }
            if slow.load(ordering: .sequentiallyConsistent) == me {
                slow.store(nobody, ordering: .sequentiallyConsistent)
                slowHasBegun.store(true, ordering: .sequentiallyConsistent)
                // Who is let in before the slow one is done is done itself long before this ends.
                for _ in 0..<300 where !otherIsDone.load(ordering: .sequentiallyConsistent) { usleep(1000) }
            }
            return unsafe Foundation.malloc(size)
        }
    }
}
