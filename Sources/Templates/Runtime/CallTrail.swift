import Text

/// The calls, includes and blocks that are running, the innermost last.
///
/// Unsafe for the same reason as ``ValueStack``, and because it counts no references: a step is removed before its
/// caller ends, and whoever runs a program holds it.
@safe struct CallTrail: ~Copyable {
    @safe private struct Step {
        let kind: CallRecord.Kind
        let program: Unmanaged<Program>
        let word: Int
    }

    private var base: UnsafeMutablePointer<Step>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        unsafe base = .allocate(capacity: capacity)
    }

    deinit { unsafe base.deallocate() }

    /// Notes a call by an instruction of a program.
    @inline(__always)
    mutating func append(_ kind: CallRecord.Kind, _ program: Unmanaged<Program>, word: Int) {
        if count == capacity { grow() }
        unsafe (base + count).initialize(to: Step(kind: kind, program: program, word: word))
        count += 1
    }

    @inline(never)
    private mutating func grow() {
        let new = UnsafeMutablePointer<Step>.allocate(capacity: capacity * 2)
        unsafe new.moveInitialize(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = new
        capacity *= 2
    }

    /// Forgets the innermost call.
    @inline(__always)
    mutating func removeLast() {
        precondition(count > 0, "a call ends that has begun")
        count -= 1
    }

    /// The calls for good, for a finding.
    var records: [CallRecord] {
        (0..<count).map { index in
            let step = unsafe base[index]
            return unsafe CallRecord(
                kind: step.kind, program: step.program.takeUnretainedValue(), word: step.word)
        }
    }
}

/// One step on the way to the instruction that is running.
struct CallRecord {
    enum Kind {
        case include, importing, extending, block(Symbol), macro(Symbol), callBlock, recursiveLoop, module
    }

    let kind: Kind
    /// Where the step was taken.
    let program: Program
    let word: Int
}
